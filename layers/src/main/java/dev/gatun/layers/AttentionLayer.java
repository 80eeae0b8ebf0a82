package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;

/**
 * Attention to values as they are: each query hands out the mean of the values, weighed by the softmax of how well their keys fit
 * it. Steps of the query that do not count give zeros, and values that do not count are not seen; where none is, all are, alike.
 *
 * @param <L> the class itself
 */
public abstract class AttentionLayer<L extends AttentionLayer<L>> extends ConfiguredLayer<L> {

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    AttentionLayer(Configuration configuration) {
        super(configuration);
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
