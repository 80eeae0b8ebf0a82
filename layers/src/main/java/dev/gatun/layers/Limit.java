package dev.gatun.layers;

/** The condition on what numbers are clipped to: above 0, or 0 for none. */
final class Limit implements OptionCheck<Double> {

    @Override
    public String problem(String option, Double limit) {
        return limit >= 0 && limit <= Float.MAX_VALUE
                ? null
                : "expected a " + option + " above 0, or 0 for none, got " + limit;
    }
}
