package dev.gatun.formats.onnx.mapping.cell;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A sum of products with matrices and of numbers of its own.
 *
 * @param width how many numbers it has; -1 if that is not known, of a value that stands for itself
 * @param parts for each value it reads the matrix
 * @param bias  of {@code width} numbers
 */
record Sums(int width, Map<Source, Part> parts, double... bias) {

    private static final double ROUNDED = 1e-6;

    Sums {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** A value that stands for itself. */
    static Sums of(Source source, int width) {
        return new Sums(width, Map.of(source, Part.ofAll(Math.max(0, width))), new double[Math.max(0, width)]);
    }

    /** Null if both read one value, or are of different widths. */
    Sums plus(Sums other) {
        int wider = Math.max(width, other.width);
        Map<Source, Part> all = new LinkedHashMap<>(parts);
        for (Map.Entry<Source, Part> part : other.parts.entrySet()) {
            if (all.put(part.getKey(), part.getValue()) != null) {
                return null;
            }
        }
        boolean fits = (width == wider || width < 0) && (other.width == wider || other.width < 0);
        double[] sum = Arrays.copyOf(bias, Math.max(0, wider));
        for (int i = 0; i < other.bias.length && fits; i++) {
            sum[i] += other.bias[i];
        }
        return fits ? new Sums(wider, all, sum) : null;
    }

    /** Null if it is not known to have such columns. */
    Sums cut(int from, int count) {
        if (from < 0 || count < 1 || width >= 0 && from + count > width) {
            return null;
        }
        Map<Source, Part> cut = new LinkedHashMap<>();
        parts.forEach((source, part) -> cut.put(source, part.cut(from, count)));
        return new Sums(count, cut, width < 0 ? new double[count] : Arrays.copyOfRange(bias, from, from + count));
    }

    Sums scaled(double by) {
        Map<Source, Part> scaled = new LinkedHashMap<>();
        parts.forEach((source, part) -> scaled.put(source, part.scaled(by)));
        return new Sums(width, scaled, Arrays.stream(bias).map(number -> by * number).toArray());
    }

    /** The same of other values; null if it reads steps already. */
    private Sums of(UnaryOperator<Source> other) {
        Map<Source, Part> changed = new LinkedHashMap<>();
        for (Map.Entry<Source, Part> part : parts.entrySet()) {
            if (part.getKey().step() != Source.ALL) {
                return null;
            }
            changed.put(other.apply(part.getKey()), part.getValue());
        }
        return new Sums(width, changed, bias);
    }

    /** The same of one step of the sequences it reads; null if it reads steps already. */
    Sums at(int step) {
        return of(source -> source.at(step));
    }

    /** The same of the sequences from the last step on; null if it reads steps already. */
    Sums turned() {
        return of(Source::turned);
    }

    /** What it reads beside one value; null unless that is one. */
    Source beside(Source one) {
        Source found = null;
        for (Source source : parts.keySet()) {
            if (!source.equals(one)) {
                if (found != null) {
                    return null;
                }
                found = source;
            }
        }
        return found;
    }

    /** Whether numbers are the same, but for what rounding makes of a sum. */
    static boolean areClose(double[] one, double... other) {
        for (int i = 0; i < Math.min(one.length, other.length); i++) {
            if (!(Math.abs(one[i] - other[i]) <= ROUNDED * Math.max(1, Math.abs(other[i])))) {
                return false;
            }
        }
        return one.length == other.length;
    }
}
