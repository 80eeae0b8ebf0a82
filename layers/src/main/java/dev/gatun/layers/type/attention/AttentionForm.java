package dev.gatun.layers.type.attention;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.ScoreMode;

/**
 * How an attention goes, whichever layer it is of.
 *
 * @param queryHeads    N, heads of the query, side by side in its features
 * @param valueHeads    heads of keys and values, a divisor of N
 * @param fit           how well a key fits a query
 * @param scaled        whether there is a weight in it
 * @param causal        whether no query sees a later key
 * @param window        how many steps away a query sees keys; 0 for all
 * @param dropout       share of the scores that falls in trainings
 * @param returnsScores whether the scores are a second output
 * @param projected     whether it stands within projections: then queries that do not count see nothing, and scores are shown as
 *                      they were before some fell; otherwise such queries give zeros
 */
record AttentionForm(
        int queryHeads, int valueHeads, Fit fit, boolean scaled, boolean causal, int window, double dropout,
        boolean returnsScores, boolean projected) {

    /** How well a key fits a query. */
    enum Fit {
        /** Their dot product, times a weight. */
        DOT,
        /** The sum of tanh of their sum, which has a weight, times another weight. */
        CONCAT,
        /** The sum of tanh of their sum, each feature with a weight. */
        ADDITIVE
    }

    static AttentionForm of(Attention layer) {
        return new AttentionForm(1, 1, layer.scoreMode() == ScoreMode.DOT ? Fit.DOT : Fit.CONCAT, layer.usesScale(),
                layer.usesCausalMask(), 0, layer.dropout(), layer.returnsAttentionScores(), false);
    }

    static AttentionForm of(AdditiveAttention layer) {
        return new AttentionForm(1, 1, Fit.ADDITIVE, layer.usesScale(), layer.usesCausalMask(), 0, layer.dropout(),
                layer.returnsAttentionScores(), false);
    }

    static AttentionForm of(HeadedAttention<?> layer) {
        return new AttentionForm(layer.queryHeads(), layer.valueHeads(), Fit.DOT, false, layer.usesCausalMask(),
                layer.slidingWindow().orElse(0), layer.dropout(), layer.returnsAttentionScores(), true);
    }

    /** Heads of the query for each of the values. */
    int shared() {
        return queryHeads / valueHeads;
    }

    /**
     * Whether a query that sees nothing is given the mean of all values. Keras's multi-head attention gives it zeros, unless it
     * neither drops nor returns scores: then another implementation runs there.
     */
    boolean blindSeeAll() {
        return !projected || dropout == 0 && !returnsScores;
    }
}
