package dev.gatun.tests.parity;

import dev.gatun.tests.fixture.Measure;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Checks against limits, and remembers the worst of each group; printed when the tests of the class have ended. */
final class Worst implements AfterAllCallback {

    static final double OUTPUTS = 1e-5;
    static final double LOSSES = 1e-5;
    static final double GRADIENTS = 1e-4;

    private record Case(double error, String what) {}

    private final String title;
    private final Map<String, Case> worst = new TreeMap<>();

    Worst(String title) {
        this.title = title;
    }

    void within(String group, double limit, String what, double[] got, double[] expected) {
        check(group, limit, what, Measure.relative(got, expected));
    }

    void within(String group, double limit, String what, float[] got, double[] expected) {
        check(group, limit, what, Measure.relative(got, expected));
    }

    /** Each entry within {@code atol + rtol |expected|}; remembers the largest share of that. */
    void close(String group, String what, float[] got, double[] expected, double atol, double rtol) {
        double share = got.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < expected.length && got.length == expected.length; i++) {
            double one = Math.abs(got[i] - expected[i]) / (atol + rtol * Math.abs(expected[i]));
            share = Double.isNaN(one) ? Double.POSITIVE_INFINITY : Math.max(share, one);
        }
        check(group + ", share of the tolerance", 1, what, share);
    }

    synchronized void check(String group, double limit, String what, double error) {
        worst.merge(group, new Case(error, what), (a, b) -> a.error >= b.error ? a : b);
        if (!(error <= limit)) {
            throw new AssertionError("%s: error %.3g, limit %.1e".formatted(what, error, limit));
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        worst.forEach((group, one) -> System.out.printf("%s, %s: worst %.2e (%s)%n", title, group, one.error,
                one.what));
    }
}
