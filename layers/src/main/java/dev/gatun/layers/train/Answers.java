package dev.gatun.layers.train;

/** How the predictions of an output are to be read, which its loss knows: what {@link Metric#ACCURACY} goes by. */
public enum Answers {
    /** One class of several: that of the largest column. */
    LARGEST_COLUMN,
    /** Yes or no in each column: yes above 0.5. */
    PROBABILITIES,
    /** Yes or no in each column: yes above 0. */
    LOGITS
}
