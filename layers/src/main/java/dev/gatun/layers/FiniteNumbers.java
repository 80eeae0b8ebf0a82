package dev.gatun.layers;

import java.util.Arrays;
import java.util.List;

/** The condition on numbers that are computed with: finite as float32. */
final class FiniteNumbers implements OptionCheck<List<Double>> {

    @Override
    public String problem(String option, List<Double> numbers) {
        for (double number : numbers) {
            if (!(Math.abs(number) <= Float.MAX_VALUE)) {
                return "expected finite numbers as " + option + ", got " + number;
            }
        }
        return null;
    }

    /** As an option holds them. */
    static List<Double> of(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }
}
