package dev.gatun.layers.train;

/** What a step of an optimizer does to a number whose gradient is 0, and to what it remembers of it. */
public enum WithoutGradient {
    /** They stay, whatever is remembered: plain SGD, Adagrad. */
    STAYS,
    /** They stay as long as the number never had another gradient, so that what is remembered is as at the start: Adam. */
    STAYS_AT_START,
    /** They may change: a decay of weights, for example. */
    CHANGES
}
