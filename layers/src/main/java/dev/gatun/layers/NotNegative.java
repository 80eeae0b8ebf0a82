package dev.gatun.layers;

/** The condition on a number that may be 0, but not less: a deviation, a slope, a factor. */
final class NotNegative implements OptionCheck<Double> {

    @Override
    public String problem(String option, Double number) {
        return number >= 0 && number <= Float.MAX_VALUE
                ? null
                : "expected a finite " + option + " of at least 0, got " + number;
    }
}
