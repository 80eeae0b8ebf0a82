package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.WeightPacking;
import dev.gatun.engine.team.Team;
import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.memory.DataType;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A weight whose place is an entry of the parameters.
 *
 * @param layer      its name
 * @param spec       as the layer declares it
 * @param entry      its place
 * @param parameters what the model reads
 * @param user       of the model
 * @param all        the model's weights
 */
record BlockWeight(
        String layer, WeightSpec spec, ParameterBlock.Entry entry, ParameterBlock parameters, SingleUser user,
        ModelWeights all) implements Weight {

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public Shape shape() {
        return spec.shape();
    }

    @Override
    public WeightRole role() {
        return spec.role();
    }

    @Override
    public boolean isTrainable() {
        return spec.role() == WeightRole.TRAINED && all.isTrainable(layer);
    }

    @Override
    public Tensor get() {
        return get(parameters);
    }

    @Override
    public Tensor get(ParameterBlock twin) {
        parameters.requireTwin(twin, "Weight.get");
        requireOpen(twin);
        try (SingleUser.Use use = user.use("read weight '" + name() + "'")) {
            Tensor copy = zeros();
            spec.layout().unpack(twin.segment(), entry.baseBytes(), copy);
            return copy;
        }
    }

    private Tensor zeros() {
        try {
            return Tensor.zeros(shape().toArray());
        } catch (OutOfMemoryError full) {
            throw NoRoom.of("Weight '" + name() + "' cannot be copied.", full);
        }
    }

    @Override
    public void set(Tensor values) {
        Arguments.required(values, "Weight.set", "values", "a tensor of the shape of the weight");
        set(parameters, values);
    }

    @Override
    public void set(ParameterBlock twin, Tensor values) {
        Arguments.required(values, "Weight.set", "values", "a tensor of the shape of the weight");
        parameters.requireTwin(twin, "Weight.set");
        if (!values.shape().equals(shape())) {
            throw new ShapeException("Weight '" + name() + "' has shape " + shape() + ", got " + values.shape());
        }
        values.requireType(DataType.FLOAT32, "Weight '" + name() + "'");
        requireOpen(twin);
        values.requireAlive();
        try (SingleUser.Use use = user.use("set weight '" + name() + "'")) {
            if (values.rowStride() == values.columns() && OwnMemory.holds(values)) {
                spec.layout().pack(values, twin.segment(), entry.baseBytes());
            } else {
                setFromCopy(twin, values);
            }
            if (twin == parameters) {
                all.changed(entry);
            }
        }
    }

    /**
     * Another thread may free the tensor's memory meanwhile, so it is copied before the first number changes; and rows that are
     * padded are put side by side, since a layout may count them otherwise.
     */
    private void setFromCopy(ParameterBlock twin, Tensor values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, shape().floatBytes()));
            Tensor copy = new Tensor(memory, 0, shape(), values.columns());
            values.copyTo(copy);
            spec.layout().pack(copy, twin.segment(), entry.baseBytes());
        }
    }

    /** Whatever failed, numbers may have changed. */
    void read(ParameterBlock twin, FloatSource numbers, Team team) throws IOException {
        parameters.requireTwin(twin, "Weight.read");
        requireOpen(twin);
        try (SingleUser.Use use = user.use("read numbers for weight '" + name() + "'")) {
            WeightPacking.pack(spec.layout(), numbers, twin.segment(), entry.baseBytes(), team);
        } finally {
            if (twin == parameters) {
                all.changed(entry);
            }
        }
    }

    private void requireOpen(ParameterBlock twin) {
        if (!twin.segment().scope().isAlive()) {
            throw new IllegalStateException("The memory of weight '" + name()
                    + "' has been freed: its model is closed. Copy the numbers before closing, or close later");
        }
    }

    @Override
    public String toString() {
        return name() + " " + shape();
    }
}
