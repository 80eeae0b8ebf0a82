package dev.gatun.layers;

/** The condition on a part of a whole that may be all of it: from 0 to 1. */
final class Portion implements OptionCheck<Double> {

    @Override
    public String problem(String option, Double part) {
        return part >= 0 && part <= 1 ? null : "expected a " + option + " from 0 to 1, got " + part;
    }
}
