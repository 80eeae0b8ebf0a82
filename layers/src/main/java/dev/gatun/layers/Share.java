package dev.gatun.layers;

/** The condition on a rate of dropout: at least 0 and below 1. */
final class Share implements OptionCheck<Double> {

    @Override
    public String problem(String option, Double rate) {
        return rate >= 0 && rate < 1 ? null : "expected a " + option + " of at least 0 and below 1, got " + rate;
    }
}
