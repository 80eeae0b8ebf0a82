package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.WeightSpec;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A weight of a model under its public name, for example {@code lstm_1/recurrent_kernel}, in Keras's shape and gate order.
 */
public final class Weight {

    private final String layer;
    private final WeightSpec spec;
    private final ParameterBlock.Entry entry;
    private final ParameterBlock parameters;
    private final SingleUser user;

    Weight(String layer, WeightSpec spec, ParameterBlock.Entry entry, ParameterBlock parameters, SingleUser user) {
        this.layer = layer;
        this.spec = spec;
        this.entry = entry;
        this.parameters = parameters;
        this.user = user;
    }

    /**
     * The public name: layer and weight, with a slash between.
     *
     * @return for example {@code lstm_1/recurrent_kernel}
     */
    public String name() {
        return entry.name();
    }

    /**
     * The name of the layer it belongs to.
     *
     * @return for example {@code lstm_1}
     */
    public String layer() {
        return layer;
    }

    /**
     * The shape that Keras gives this weight.
     *
     * @return for example (I, 4 U) for the kernel of an LSTM of U units that reads I features
     */
    public Shape shape() {
        return spec.shape();
    }

    WeightSpec spec() {
        return spec;
    }

    /**
     * A copy of the numbers.
     *
     * @return a heap tensor of {@link #shape}
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public Tensor get() {
        return get(parameters);
    }

    /**
     * The numbers of this weight's place in a twin of the parameters: a gradient, or an optimizer's moment.
     *
     * @param twin a block of the model's layout
     * @return a heap tensor of {@link #shape}
     * @throws IllegalArgumentException if the block's layout is another
     * @throws IllegalStateException    if another thread uses the model, or the twin's memory has been freed
     */
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

    /**
     * Changes all the numbers, or none.
     *
     * @param values the new numbers, of {@link #shape}
     * @throws ShapeException        if the tensor has another shape
     * @throws IllegalStateException if another thread uses the model, it is closed, or the tensor's memory has been freed
     */
    public void set(Tensor values) {
        Arguments.required(values, "Weight.set", "values", "a tensor of the shape of the weight");
        set(parameters, values);
    }

    /**
     * As {@link #set(Tensor)}, in a twin of the parameters.
     *
     * @param twin   a block of the model's layout
     * @param values the new numbers, of {@link #shape}
     * @throws ShapeException           if the tensor has another shape
     * @throws IllegalArgumentException if the block's layout is another
     * @throws IllegalStateException    if another thread uses the model, or the memory of twin or tensor has been freed
     */
    public void set(ParameterBlock twin, Tensor values) {
        Arguments.required(values, "Weight.set", "values", "a tensor of the shape of the weight");
        parameters.requireTwin(twin, "Weight.set");
        if (!values.shape().equals(shape())) {
            throw new ShapeException("Weight '" + name() + "' has shape " + shape() + ", got " + values.shape());
        }
        requireOpen(twin);
        values.requireAlive();
        try (SingleUser.Use use = user.use("set weight '" + name() + "'")) {
            if (values.segment().heapBase().isPresent()) {
                spec.layout().pack(values, twin.segment(), entry.baseBytes());
            } else {
                setFromNative(twin, values);
            }
        }
    }

    /** Another thread may free the tensor's memory meanwhile, so it is copied before the first number changes. */
    private void setFromNative(ParameterBlock twin, Tensor values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, shape().floatBytes()));
            Tensor copy = new Tensor(memory, 0, shape(), values.columns());
            values.copyTo(copy);
            spec.layout().pack(copy, twin.segment(), entry.baseBytes());
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
