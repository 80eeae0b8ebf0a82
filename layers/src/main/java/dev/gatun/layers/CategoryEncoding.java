package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * Whole numbers as vectors of zeros and ones: of ids [B,T] a vector [B,N] for each sample, of what occurs in it, or one for each
 * id, [B,T,N], or [B,N] of ids [B] or [B,1]. With {@link OutputMode#COUNT} each id counts 1, or as much as a second input [B,T] of
 * floats says, which no gradient reaches. Steps that a mask leaves out do not count.
 */
public final class CategoryEncoding extends ConfiguredLayer<CategoryEncoding> {

    private static final Option<Integer> TOKENS = Option.required("num_tokens", OptionKind.WHOLE).check(new Count());
    private static final Option<OutputMode> MODE = Option
            .of("output_mode", OutputMode.KIND, OutputMode.MULTI_HOT).check(new Encoded());

    /** All options of the class. */
    public static final OptionSet OPTIONS = OptionSet.of("CategoryEncoding", TOKENS, MODE).only("sparse", false);

    /** The condition on how many ids there are. */
    private static final class Count implements OptionCheck<Integer> {
        private static final int MOST = Integer.MAX_VALUE / 8;

        @Override
        public String problem(String option, Integer count) {
            return count >= 1 && count <= MOST
                    ? null
                    : "expected as " + option + " 1 to " + MOST + " ids, got " + count;
        }
    }

    /** The condition on the mode. */
    private static final class Encoded implements OptionCheck<OutputMode> {
        @Override
        public String problem(String option, OutputMode mode) {
            return mode == OutputMode.INT
                    ? "expected as " + option
                            + " one_hot, multi_hot or count, got int; the ids are whole numbers already"
                    : null;
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #OPTIONS}
     */
    public CategoryEncoding(Configuration configuration) {
        super(configuration);
    }

    /**
     * A layer that says of each sample which ids occur in it.
     *
     * @param count N, how many ids there are: the largest and one more
     * @return the layer
     * @throws IllegalArgumentException if the count is not positive, or too large
     */
    public static CategoryEncoding tokens(int count) {
        return new CategoryEncoding(Configuration.of(OPTIONS).with(TOKENS, count));
    }

    @Override
    protected CategoryEncoding of(Configuration configuration) {
        return new CategoryEncoding(configuration);
    }

    /**
     * What becomes of the ids.
     *
     * @param mode default {@link OutputMode#MULTI_HOT}
     * @return this layer with it
     * @throws IllegalArgumentException if it is {@link OutputMode#INT}
     */
    public CategoryEncoding outputMode(OutputMode mode) {
        return with(MODE, mode);
    }

    /**
     * As {@link #outputMode(OutputMode)}.
     *
     * @param keyword as in Keras: one_hot, multi_hot or count
     * @return this layer with it
     * @throws IllegalArgumentException if there is no such mode
     */
    public CategoryEncoding outputMode(String keyword) {
        return outputMode(OutputMode.of(keyword));
    }

    /**
     * Counts ids by weights.
     *
     * @param ids     [B,T]
     * @param weights [B,T] floats, how much each id counts
     * @return the counts [B,N]
     */
    public Node on(Node ids, Node weights) {
        Arguments.required(ids, "CategoryEncoding.on", "ids", "whole numbers [batch, time]");
        Arguments.required(weights, "CategoryEncoding.on", "weights", "floats [batch, time]");
        return call(CallArguments.of(List.of(ids, weights))).output(0);
    }

    /**
     * N, how many ids there are.
     *
     * @return at least 1
     */
    public int tokens() {
        return get(TOKENS);
    }

    /**
     * What becomes of the ids.
     *
     * @return default {@link OutputMode#MULTI_HOT}
     */
    public OutputMode outputMode() {
        return get(MODE);
    }
}
