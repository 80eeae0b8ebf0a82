package dev.gatun.layers.train;

import dev.gatun.layers.OptionCheck;

/** A range that a number of an optimizer's options must lie in, both ends included. */
record NumberRange(String words, double least, double most) implements OptionCheck<Double> {

    static final NumberRange POSITIVE = new NumberRange("be positive and finite", Double.MIN_VALUE, Double.MAX_VALUE);
    static final NumberRange NOT_NEGATIVE = new NumberRange("be at least 0 and below Infinity", 0, Double.MAX_VALUE);
    static final NumberRange BELOW_ONE = new NumberRange("be at least 0 and below 1.0", 0, Math.nextDown(1.0));
    static final NumberRange SHARE = new NumberRange("lie in 0.0 to 1.0", 0, 1);

    @Override
    public String problem(String option, Double value) {
        return value >= least && value <= most ? null : option + " must " + words + ", got " + value;
    }
}
