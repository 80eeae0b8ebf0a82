package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/** Where values enter a model: the first layer of a sequential model, or a node of a graph. */
public final class Input extends ConfiguredLayer<Input> implements Node {

    private static final Option<Shape> SHAPE = Option.required("batch_shape", OptionKind.SHAPE);
    private static final Option<ValueType> TYPE = Option.of("dtype", OptionKind.VALUE_TYPE, ValueType.FLOAT32);
    /** The option of {@link #takesFloats}, which Keras has not. */
    public static final String TAKES_FLOATS = "takes_floats";
    private static final Option<Boolean> FLOATS = Option.of(TAKES_FLOATS, OptionKind.FLAG, false).beyondKeras();

    private static final Option<Boolean> TIME_MAJOR = Option.of("time_major", OptionKind.FLAG, false).beyondKeras();

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("InputLayer", SHAPE, TYPE, FLOATS, TIME_MAJOR)
            .only("sparse", false)
            .only("ragged", false)
            .only("optional", false);

    private final LayerCall call;

    /**
     * An input of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public Input(Configuration configuration) {
        super(configuration);
        String wrong = shape() == null ? null : type() == ValueType.FLOAT32 ? ofFeatures(shape()) : ofNumbers(shape());
        if (takesFloats() && type() != ValueType.INT32) {
            wrong = TAKES_FLOATS + " is for an input of int32, whose floats are cut, got one of " + type().keyword()
                    + "; leave it out";
        }
        if (isTimeMajor() && !isSequence()) {
            wrong = "time_major is for sequences, [batch, time, features] or ids [batch, time], got shape " + shape()
                    + "; leave it out";
        }
        if (wrong != null) {
            throw new IllegalArgumentException(kind() + (name() == null ? "" : " '" + name() + "'") + ": " + wrong);
        }
        if (!activityRegularizer().isNone()) {
            throw new IllegalArgumentException(
                    kind() + " has an activity regularizer, but nothing a training could change;"
                            + " give it to the layer whose output is meant");
        }
        this.call = new LayerCall(this, CallArguments.of(List.of()));
    }

    private static String ofFeatures(Shape shape) {
        if (shape.rank() < 2 || shape.rank() > 4) {
            return "an input is [batch, features], [batch, time, features] or [batch, time, steps, features], got shape "
                    + shape + "; give one to three sizes besides the batch";
        }
        return shape.last() < 1 || shape.dim(0) == 0
                ? "an input needs a known, positive number of features and no empty batch, got shape " + shape
                        + "; only batch and time may be None"
                : null;
    }

    private String ofNumbers(Shape shape) {
        if (type() == ValueType.MASK && shape.rank() != 2 && shape.rank() != 3) {
            return "an input of bool is [batch, time], or [batch, time, keys] for an attention, got shape " + shape
                    + "; give one or two sizes besides the batch";
        }
        if (type() != ValueType.MASK && shape.rank() != 1 && shape.rank() != 2) {
            return "an input of " + type().keyword() + " is [batch] or [batch, time], got shape " + shape
                    + "; give at most one size besides the batch";
        }
        return shape.dim(0) == 0 ? "an input needs no empty batch, got shape " + shape + "; it may be None" : null;
    }

    /**
     * An input of any batch.
     *
     * @param dims sizes without the batch: (time, features) or (features), or (time, steps, features) of sequences in the
     *             steps of a sequence; all but features may be {@link Shape#UNKNOWN}
     * @return a new input
     * @throws IllegalArgumentException if there are not one to three sizes, or features are unknown or zero
     */
    public static Input shape(long... dims) {
        Arguments.required(dims, "Input.shape", "dims", "sizes without the batch");
        return batchShape(withBatch(dims).toArray());
    }

    /**
     * As {@link #shape}, with the batch as the first size.
     *
     * @param dims (batch, time, features) or (batch, features), or (batch, time, steps, features)
     * @return a new input
     * @throws IllegalArgumentException if there are not two to four sizes, or features are unknown or zero
     */
    public static Input batchShape(long... dims) {
        Arguments.required(dims, "Input.batchShape", "dims", "sizes, the batch first");
        return new Input(Configuration.of(OPTIONS).with(SHAPE, Shape.of(dims)));
    }

    /**
     * A sequence of unknown length.
     *
     * @param features of each step
     * @return a new input [None, None, features]
     */
    public static Input sequence(long features) {
        return shape(Shape.UNKNOWN, features);
    }

    /**
     * Which steps of sequences count: 1 where one does and 0 where it does not, as {@code bool} in Keras. To be given to a call
     * as its mask.
     *
     * @param time of the sequences, or {@link Shape#UNKNOWN}
     * @return a new input [None, T]
     */
    public static Input mask(long time) {
        return masks(time);
    }

    /**
     * Which keys each query of an attention sees: 1 where it does and 0 where it does not. Of a {@link Softmax} which numbers of
     * each step count.
     *
     * @param time T, of the queries, or {@link Shape#UNKNOWN}
     * @param keys S, of the keys, or {@link Shape#UNKNOWN}; of a Softmax the features
     * @return a new input [None, T, S]
     */
    public static Input mask(long time, long keys) {
        return masks(time, keys);
    }

    private static Input masks(long... dims) {
        return new Input(Configuration.of(OPTIONS).with(SHAPE, withBatch(dims)).with(TYPE, ValueType.MASK));
    }

    private static Shape withBatch(long... dims) {
        long[] all = new long[dims.length + 1];
        all[0] = Shape.UNKNOWN;
        System.arraycopy(dims, 0, all, 1, dims.length);
        return Shape.of(all);
    }

    /**
     * Whole numbers, as {@code int32} in Keras.
     *
     * @param dims sizes without the batch: none, or (time), which may be {@link Shape#UNKNOWN}
     * @return a new input
     * @throws IllegalArgumentException if there are more sizes
     */
    public static Input ints(long... dims) {
        Arguments.required(dims, "Input.ints", "dims", "sizes without the batch");
        return new Input(Configuration.of(OPTIONS).with(SHAPE, withBatch(dims)).with(TYPE, ValueType.INT32));
    }

    /**
     * A place for a value of a known form, for a layer that is made of others to be wired to.
     *
     * @param shape batch first
     * @param type  what its numbers are
     * @return a new input
     * @throws IllegalArgumentException if no input has such a shape
     */
    public static Input place(Shape shape, ValueType type) {
        Arguments.required(shape, "Input.place", "shape", "batch first, for example Shape.of(-1, 7, 3)");
        Arguments.required(type, "Input.place", "type", "for example ValueType.FLOAT32");
        return new Input(Configuration.of(OPTIONS).with(SHAPE, shape).with(TYPE, type));
    }

    @Override
    protected Input of(Configuration configuration) {
        return new Input(configuration);
    }

    /**
     * Shape, batch first.
     *
     * @return with unknown sizes
     */
    public Shape shape() {
        return get(SHAPE);
    }

    /**
     * What its numbers are.
     *
     * @return float32 unless it was said otherwise
     */
    public ValueType type() {
        return get(TYPE);
    }

    /**
     * Takes float32 for whole numbers too, and cuts what stands behind the point: as in Keras where an input of ids is float32,
     * which it is unless it was said otherwise.
     *
     * @param value default false: then only int32 is taken
     * @return this input doing so
     * @throws IllegalArgumentException if it is no input of whole numbers
     */
    public Input takesFloats(boolean value) {
        return with(FLOATS, value);
    }

    /**
     * Whether it takes float32 for whole numbers too.
     *
     * @return default false
     */
    public boolean takesFloats() {
        return get(FLOATS);
    }

    /**
     * Says that sequences are given time-major, see {@link #timeMajor(boolean)}.
     *
     * @return this input with it
     */
    public Input timeMajor() {
        return timeMajor(true);
    }

    /**
     * Whether sequences are given time-major, [T,B,F] or ids [T,B], as PyTorch, ONNX's layout 0 and TensorFlow 1 have them. Then
     * whatever the model gives with an axis of time is [T,B,...] as well, and so are targets, and weights of steps; masks and
     * states stay samples first. Shapes, of this input and in summaries, stay samples first: it is a matter of the door, not of
     * the model. All sequences that a model reads are in the same order. Keras 2 had it as an option of recurrent layers, Keras 3
     * does not have it.
     *
     * @param value default false: samples first
     * @return this input with it
     * @throws IllegalArgumentException if this is no input of sequences
     */
    public Input timeMajor(boolean value) {
        return with(TIME_MAJOR, value);
    }

    /**
     * Whether sequences are given time-major.
     *
     * @return default false
     */
    public boolean isTimeMajor() {
        return get(TIME_MAJOR);
    }

    /**
     * Whether what is given has steps.
     *
     * @return true if it is [batch, time, features] or longer, or whole numbers [batch, time]
     */
    public boolean isSequence() {
        return switch (type()) {
            case FLOAT32 -> shape() != null && shape().rank() > 2;
            case INT32 -> shape() != null && shape().rank() > 1;
            case MASK -> false;
        };
    }

    @Override
    public LayerCall call() {
        return call;
    }
}
