package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attention with several heads (Vaswani et al. 2017): query, keys and values are projected once for each head, the heads attend
 * each by themselves, and what they give is projected together. Steps that do not count are not seen, and what a query gives that
 * does not count does not count either.
 *
 * @param <L> the class itself
 */
public abstract class HeadedAttention<L extends HeadedAttention<L>> extends KernelLayer<L> {

    static final Option<Optional<Integer>> WINDOW = Option
            .of("sliding_window", OptionKind.OPTIONAL_WHOLE, Optional.<Integer>empty()).check(new PositiveOrNone());

    /** The condition on a number that may be left out. */
    static final class PositiveOrNone implements OptionCheck<Optional<Integer>> {
        @Override
        public String problem(String option, Optional<Integer> number) {
            return number.orElse(1) > 0
                    ? null
                    : "expected a positive number as " + option + ", got " + number.orElse(1) + "; give at least 1";
        }
    }

    /** The condition on a number of heads. */
    static final class HeadCount implements OptionCheck<Integer> {
        @Override
        public String problem(String option, Integer heads) {
            return heads > 0
                    ? null
                    : "expected a positive number as " + option + ", got " + heads + "; give at least 1";
        }
    }

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    HeadedAttention(Configuration configuration) {
        super(configuration);
    }

    /** Those of a class, with what all have besides. */
    static OptionSet options(String kind, List<Option<?>> own) {
        List<Option<?>> all = new ArrayList<>(own);
        all.addAll(List.of(AttentionOptions.DROPOUT, USE_BIAS, WINDOW, KERNEL, BIAS, KERNEL_PENALTY, BIAS_PENALTY,
                KERNEL_BOUND, BIAS_BOUND, AttentionOptions.CAUSAL, AttentionOptions.SCORES));
        return OptionSet.of(kind, all.toArray(Option<?>[]::new)).only("use_gate", false)
                .ignoring("seed", "the trainer's seed serves");
    }

    /**
     * Whether a query of step t sees keys up to step t and none after it. In Keras an argument of each call.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L useCausalMask(boolean value) {
        return with(AttentionOptions.CAUSAL, value);
    }

    /**
     * No query sees a key of a later step, see {@link #useCausalMask(boolean)}.
     *
     * @return this layer doing so
     */
    public final L useCausalMask() {
        return useCausalMask(true);
    }

    /**
     * Whether scores are a second output, {@link AttentionOutput#scores}. In Keras an argument of each call.
     *
     * @param value default false
     * @return this layer doing so
     */
    public final L returnAttentionScores(boolean value) {
        return with(AttentionOptions.SCORES, value);
    }

    /**
     * Scores are a second output, see {@link #returnAttentionScores(boolean)}.
     *
     * @return this layer doing so
     */
    public final L returnAttentionScores() {
        return returnAttentionScores(true);
    }

    /**
     * Share of the scores that a training drops.
     *
     * @param rate from 0 to below 1; default 0
     * @return this layer with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public final L dropout(double rate) {
        return with(AttentionOptions.DROPOUT, rate);
    }

    /**
     * Attention of a sequence to itself: it is query, value and key.
     *
     * @param input [B,T,F]
     * @return what it makes
     * @throws NullPointerException if it is null
     */
    @Override
    public final AttentionOutput on(Node input) {
        Arguments.required(input, kind() + ".on", "input", "a value of the graph [B,T,F]");
        return on(input, input);
    }

    /**
     * Applies this layer to what asks and what is asked; keys are the values.
     *
     * @param query [B,T,F]
     * @param value [B,S,F]
     * @return what it makes
     * @throws NullPointerException if one is null
     */
    public final AttentionOutput on(Node query, Node value) {
        Arguments.required(query, kind() + ".on", "query", "a value of the graph [B,T,F]");
        Arguments.required(value, kind() + ".on", "value", "a value of the graph [B,S,F]");
        return AttentionOptions.on(this, returnsAttentionScores(), query, value);
    }

    /**
     * Applies this layer to what asks, what is handed out, and what it is found by.
     *
     * @param query [B,T,F]
     * @param value [B,S,V]
     * @param key   [B,S,F]
     * @return what it makes
     * @throws NullPointerException if one is null
     */
    public final AttentionOutput on(Node query, Node value, Node key) {
        Arguments.required(query, kind() + ".on", "query", "a value of the graph [B,T,F]");
        Arguments.required(value, kind() + ".on", "value", "a value of the graph [B,S,V]");
        Arguments.required(key, kind() + ".on", "key", "a value of the graph [B,S,F]");
        return AttentionOptions.on(this, returnsAttentionScores(), query, value, key);
    }

    /**
     * As {@link #on(Node, Node, Node)}, where a mask says which keys each query sees.
     *
     * @param query         [B,T,F]
     * @param value         [B,S,V]
     * @param key           [B,S,F]
     * @param attentionMask an {@link Input#mask(long, long)} [B,T,S]; an axis of size 1 stands for all
     * @return what it makes
     * @throws NullPointerException if one is null
     */
    public final AttentionOutput on(Node query, Node value, Node key, Node attentionMask) {
        Arguments.required(query, kind() + ".on", "query", "a value of the graph [B,T,F]");
        Arguments.required(value, kind() + ".on", "value", "a value of the graph [B,S,V]");
        Arguments.required(key, kind() + ".on", "key", "a value of the graph [B,S,F]");
        Arguments.required(attentionMask, kind() + ".on", "attentionMask", "an Input.mask(time, keys)");
        return AttentionOptions.on(this, returnsAttentionScores(), query, value, key, attentionMask);
    }

    /**
     * How many steps away a query sees keys: those of step t see steps t - w + 1 to t + w - 1.
     *
     * @param steps w, at least 1; default all
     * @return this layer with it
     * @throws IllegalArgumentException if it is less
     */
    public final L slidingWindow(int steps) {
        return with(WINDOW, Optional.of(steps));
    }

    /**
     * How many heads a query has.
     *
     * @return N
     */
    public abstract int queryHeads();

    /**
     * How many heads keys and values have.
     *
     * @return as many as the query, or a divisor of that: then so many heads of the query share one
     */
    public abstract int valueHeads();

    /**
     * The width of a head of queries and keys.
     *
     * @return H
     */
    public abstract int keyWidth();

    /**
     * The width of a head of values.
     *
     * @return V
     */
    public abstract int valueWidth();

    /**
     * The features of the output.
     *
     * @return those of the query if empty
     */
    public abstract Optional<Integer> outputWidth();

    /**
     * How many steps away a query sees keys.
     *
     * @return all if empty
     */
    public final Optional<Integer> slidingWindow() {
        return get(WINDOW);
    }

    /**
     * Whether no query sees a key of a later step.
     *
     * @return default false
     */
    public final boolean usesCausalMask() {
        return get(AttentionOptions.CAUSAL);
    }

    /**
     * Whether scores are a second output.
     *
     * @return default false
     */
    public final boolean returnsAttentionScores() {
        return get(AttentionOptions.SCORES);
    }

    /**
     * Share of the scores that a training drops.
     *
     * @return default 0
     */
    public final double dropout() {
        return get(AttentionOptions.DROPOUT);
    }
}
