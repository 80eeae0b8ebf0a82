package dev.gatun.layers.model;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where values enter a model: the first layer of a sequential model, or a node of a graph. */
public final class Input implements Layer, Node {

    private final String name;
    private final Shape shape;
    private final LayerCall call;

    private Input(String name, Shape shape) {
        this.name = name;
        this.shape = shape;
        this.call = new LayerCall(this, List.of());
    }

    /**
     * An input whose batch may have any size.
     *
     * @param dims sizes without the batch: (time, features) or (features); time may be {@link Shape#UNKNOWN}
     * @return an input without a name, see {@link #named}
     * @throws IllegalArgumentException if there are not one or two sizes, or features are unknown or zero
     */
    public static Input shape(long... dims) {
        Arguments.required(dims, "Input.shape", "dims", "the sizes, outermost first");
        long[] withBatch = new long[dims.length + 1];
        withBatch[0] = Shape.UNKNOWN;
        System.arraycopy(dims, 0, withBatch, 1, dims.length);
        return batchShape(withBatch);
    }

    /**
     * An input with the batch as the first size, for models that run batches of one size only.
     *
     * @param dims (batch, time, features) or (batch, features); batch and time may be {@link Shape#UNKNOWN}
     * @return an input without a name, see {@link #named}
     * @throws IllegalArgumentException if there are not two or three sizes, features are unknown or zero, or the
     *                                  batch is zero
     */
    public static Input batchShape(long... dims) {
        Arguments.required(dims, "Input.batchShape", "dims", "the sizes, outermost first");
        Shape shape = Shape.of(dims);
        if (shape.rank() != 2 && shape.rank() != 3) {
            throw new IllegalArgumentException(
                    "An input is [batch, features] or [batch, time, features], got shape " + shape
                            + "; give one or two sizes besides the batch");
        }
        if (shape.last() < 1 || shape.dim(0) == 0) {
            throw new IllegalArgumentException(
                    "An input needs a known, positive number of features and no empty batch, got shape "
                            + shape + "; only batch and time may be None");
        }
        return new Input(null, shape);
    }

    /**
     * An input of sequences of any length.
     *
     * @param features numbers per time step, at least 1
     * @return an input [batch, time, features] of which batch and time are unknown
     * @throws IllegalArgumentException if features are unknown or zero
     */
    public static Input sequence(long features) {
        return shape(Shape.UNKNOWN, features);
    }

    @Override
    public Input named(String newName) {
        return new Input(newName, shape);
    }

    /**
     * The declared sizes.
     *
     * @return batch first, unknown sizes included
     */
    public Shape shape() {
        return shape;
    }

    @Override
    public LayerCall call() {
        return call;
    }

    @Override
    public int output() {
        return 0;
    }

    @Override
    public String kind() {
        return "InputLayer";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Object> config() {
        List<Object> dims = new ArrayList<>();
        for (long dim : shape.toArray()) {
            dims.add(dim == Shape.UNKNOWN ? null : (Object) dim);
        }
        return Map.of("batch_shape", dims);
    }

    @Override
    public BuiltLayer build(String layerName, List<Shape> inputs) {
        Arguments.required(layerName, "Input.build", "layerName", "the name of the layer in its model");
        Arguments.all(inputs, "Input.build", "inputs", "the shape of each input");
        throw new IllegalArgumentException("Input '" + layerName + "' begins a model and takes no value");
    }
}
