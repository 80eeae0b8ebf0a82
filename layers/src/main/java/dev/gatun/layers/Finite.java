package dev.gatun.layers;

/** The condition on a number that is added to others: neither infinite nor NaN. */
final class Finite implements OptionCheck<Double> {

    @Override
    public String problem(String option, Double number) {
        return Math.abs(number) <= Float.MAX_VALUE ? null : "expected a finite " + option + ", got " + number;
    }
}
