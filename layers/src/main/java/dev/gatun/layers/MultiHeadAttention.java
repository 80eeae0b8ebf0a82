package dev.gatun.layers;

import java.util.List;
import java.util.Optional;

/** Attention with several heads (Vaswani et al. 2017), with Keras's arguments and defaults. */
public final class MultiHeadAttention extends HeadedAttention<MultiHeadAttention> {

    private static final Option<Integer> HEADS = Option.required("num_heads", OptionKind.WHOLE)
            .check(new HeadCount());
    private static final Option<Integer> KEYS = Option.required("key_dim", OptionKind.WHOLE).check(new UnitCount());
    private static final Option<Optional<Integer>> VALUES = Option
            .of("value_dim", OptionKind.OPTIONAL_WHOLE, Optional.<Integer>empty()).check(new PositiveOrNone());
    private static final Option<List<Integer>> OUTPUT = Option
            .of("output_shape", OptionKind.WHOLE_OR_WHOLES, List.<Integer>of()).check(new OneWidth());
    private static final Option<List<Integer>> AXES = Option
            .of("attention_axes", OptionKind.WHOLE_OR_WHOLES, List.of(1)).check(new TimeAlone());

    /** All options of the class. */
    public static final OptionSet OPTIONS = options("MultiHeadAttention",
            List.of(HEADS, KEYS, VALUES, OUTPUT, AXES));

    /** The condition on the shape of the output: an axis of features. */
    private static final class OneWidth implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> sizes) {
            return sizes.isEmpty() || sizes.size() == 1 && sizes.getFirst() > 0
                    ? null
                    : "expected one positive number of features as " + option + ", got " + sizes
                            + "; put a Reshape behind for more axes";
        }
    }

    /** The condition on the axes: a value has one of time. */
    private static final class TimeAlone implements OptionCheck<List<Integer>> {
        @Override
        public String problem(String option, List<Integer> axes) {
            return axes.equals(List.of(1))
                    ? null
                    : "expected " + option + " 1, that of time, got " + axes
                            + "; Gatun attends over the steps of [batch, time, features]";
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public MultiHeadAttention(Configuration configuration) {
        super(configuration);
    }

    /**
     * Attention with so many heads.
     *
     * @param heads  N
     * @param keyDim H, the width of a head of queries and keys, and of values unless it is said otherwise
     * @return the layer
     * @throws IllegalArgumentException if one is not positive
     */
    public static MultiHeadAttention of(int heads, int keyDim) {
        return new MultiHeadAttention(Configuration.of(OPTIONS).with(HEADS, heads).with(KEYS, keyDim));
    }

    @Override
    protected MultiHeadAttention of(Configuration configuration) {
        return new MultiHeadAttention(configuration);
    }

    /**
     * The width of a head of values.
     *
     * @param width default that of the keys
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public MultiHeadAttention valueDim(int width) {
        return with(VALUES, Optional.of(width));
    }

    /**
     * The features of the output.
     *
     * @param features default those of the query
     * @return this layer with it
     * @throws IllegalArgumentException if it is not positive
     */
    public MultiHeadAttention outputShape(int features) {
        return with(OUTPUT, List.of(features));
    }

    @Override
    public int queryHeads() {
        return get(HEADS);
    }

    @Override
    public int valueHeads() {
        return get(HEADS);
    }

    @Override
    public int keyWidth() {
        return get(KEYS);
    }

    @Override
    public int valueWidth() {
        return get(VALUES).orElse(get(KEYS));
    }

    @Override
    public Optional<Integer> outputWidth() {
        return get(OUTPUT).stream().findFirst();
    }
}
