package dev.gatun.formats.onnx.mapping.cell;

import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Add;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Slicing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads values of a planned model as sums of products and functions of them. All are [batch, features] but where three axes are
 * said. Its work is bounded, since values that share what they are made of may be read in more ways than there is time for; what
 * lies behind the bound stands for itself.
 */
final class Readings {

    private static final int MOST_LAYERS = 8;

    private static final Pattern STEP = Pattern.compile("\\d{1,9}");
    private static final Pattern SPAN = Pattern.compile("\\d{0,9}:\\d{0,9}");

    /** Values that are looked at, and numbers that are computed for them: half a second. */
    private static final long MOST_WORK = 1L << 22;
    /** So many numbers take as long as a look. */
    private static final int NUMBERS_A_LOOK = 32;

    private final Map<Ref, Optional<Gate>> gates = new HashMap<>();
    private long work;

    static Layer layer(Ref ref) {
        return ref.call().layer().choice().layer(Set.of(ref.output()));
    }

    /** Whether two values meet in a layer; then they are its inputs. */
    static boolean isOf(Ref ref, Class<? extends Layer> type) {
        return ref.call().inputs().size() == 2 && ref.call().mask() == null && type.isInstance(layer(ref));
    }

    /** Null if it is no function of a sum. */
    Gate gate(Ref ref) {
        return gates.computeIfAbsent(ref, none -> Optional.ofNullable(gate(ref, 0))).orElse(null);
    }

    private Gate gate(Ref ref, int depth) {
        Layer layer = layer(ref);
        if (layer instanceof Activation activation) {
            Sums sums = sums(ref.call().inputs().getFirst());
            return sums.width() > 0 && activation.function().isElementwise()
                    ? new Gate(activation.function(), sums)
                    : null;
        }
        if (layer instanceof Dense dense && !dense.activation().equals(ActivationFunction.LINEAR)
                && dense.activation().isElementwise()) {
            return dense(ref, dense, false, 0) instanceof Sums sums ? new Gate(dense.activation(), sums) : null;
        }
        if (layer instanceof Slicing slicing && depth < MOST_LAYERS && span(slicing.parts(), false) instanceof Span span
                && gate(ref.call().inputs().getFirst(), depth + 1) instanceof Gate whole) {
            return whole.cut(span.from(), span.count(whole.sums().width()));
        }
        return null;
    }

    Sums sums(Ref ref) {
        return sums(ref, false, 0);
    }

    /** Of all steps of a sequence. */
    Sums sumsOfSteps(Ref ref) {
        return sums(ref, true, 0);
    }

    /** Null if it cannot be read as one; a value that stands for itself if no layer makes it of others in this way. */
    private Sums sums(Ref ref, boolean isSequence, int depth) {
        Sums found = depth > MOST_LAYERS || work > MOST_WORK ? null : made(ref, isSequence, depth + 1);
        found = found != null ? found : Sums.of(Source.of(ref), width(ref, 0));
        work += 1 + found.parts().size() + found.bias().length / NUMBERS_A_LOOK;
        return found;
    }

    private Sums made(Ref ref, boolean isSequence, int depth) {
        List<Ref> inputs = ref.call().inputs();
        return switch (layer(ref)) {
            case Dense dense when dense.activation().equals(ActivationFunction.LINEAR) ->
                dense(ref, dense, isSequence, depth);
            case Add two when inputs.size() == 2 -> sums(inputs.getFirst(), isSequence, depth)
                    .plus(sums(inputs.getLast(), isSequence, depth));
            case Slicing slicing -> sliced(inputs.getFirst(), slicing.parts(), isSequence, depth);
            case BatchNormalization scale when scale.epsilon() == 0 ->
                scaled(ref, sums(inputs.getFirst(), isSequence, depth));
            case Elementwise one when one.function() == Elementwise.Function.ADD && inputs.size() == 1 -> shifted(
                    sums(inputs.getFirst(), isSequence, depth),
                    one.arguments().stream().flatMap(Optional::stream).findFirst().orElseThrow());
            default -> null;
        };
    }

    private static Sums shifted(Sums sums, double by) {
        double[] bias = sums.bias().clone();
        for (int i = 0; i < bias.length; i++) {
            bias[i] += by;
        }
        return sums.width() < 0 ? null : new Sums(sums.width(), sums.parts(), bias);
    }

    private Sums sliced(Ref whole, List<String> parts, boolean isSequence, int depth) {
        if (!isSequence && isStep(parts)) {
            return sums(whole, true, depth).at(Integer.parseInt(parts.getFirst()));
        }
        if (isSequence && parts.equals(List.of("::-1"))) {
            return sums(whole, true, depth).turned();
        }
        Span span = span(parts, isSequence);
        Sums sums = span == null ? null : sums(whole, isSequence, depth);
        return sums == null ? null : sums.cut(span.from(), span.count(sums.width()));
    }

    /** Whether one step of a sequence is taken. */
    private static boolean isStep(List<String> parts) {
        return parts.size() == 1 && STEP.matcher(parts.getFirst()).matches();
    }

    /** Numbers of the last axis. */
    private record Span(int from, int to) {
        int count(int width) {
            return (to < 0 ? width : to) - from;
        }
    }

    private static Span span(List<String> parts, boolean isSequence) {
        int last = isSequence ? 1 : 0;
        if (parts.size() != last + 1 || isSequence && !parts.getFirst().equals(":")
                || !SPAN.matcher(parts.get(last)).matches()) {
            return null;
        }
        String[] ends = parts.get(last).split(":", -1);
        return new Span(ends[0].isEmpty() ? 0 : Integer.parseInt(ends[0]),
                ends[1].isEmpty() ? -1 : Integer.parseInt(ends[1]));
    }

    private Sums dense(Ref ref, Dense dense, boolean isSequence, int depth) {
        List<PlannedWeight> weights = ref.call().layer().weights();
        PlannedWeight kernel = weights.getFirst();
        int rows = Math.toIntExact(kernel.shape().dim(0));
        int units = dense.units();
        double[] bias = new double[units];
        for (int i = 0; i < units && dense.useBias(); i++) {
            bias[i] = weights.getLast().numbers()[i];
        }
        Part part = new Part(kernel.numbers(), units, rows, 0, 0, 1);
        Ref read = ref.call().inputs().getFirst();
        if (layer(read) instanceof Concatenate concatenate && !isSequence && Math.abs(concatenate.axis()) == 1) {
            return ofSides(read.call().inputs(), part, rows, bias, depth);
        }
        return new Sums(units, Map.of(isSequence ? whole(read) : source(read), part), bias);
    }

    /** A product with values that lie side by side. */
    private Sums ofSides(List<Ref> sides, Part part, int rows, double[] bias, int depth) {
        int open = -1;
        int known = 0;
        int[] widths = new int[sides.size()];
        for (int side = 0; side < widths.length; side++) {
            widths[side] = width(sides.get(side), depth);
            known += Math.max(0, widths[side]);
            if (widths[side] < 0 && open >= 0) {
                return null;
            }
            open = widths[side] < 0 ? side : open;
        }
        if (open >= 0) {
            widths[open] = rows - known;
        }
        Map<Source, Part> parts = new LinkedHashMap<>();
        int first = 0;
        for (int side = 0; side < widths.length; side++) {
            Source source = source(sides.get(side));
            if (widths[side] < 1 || first + widths[side] > rows
                    || parts.put(source, part.of(first, widths[side])) != null) {
                return null;
            }
            first += widths[side];
        }
        return first == rows ? new Sums(bias.length, parts, bias) : null;
    }

    /** A step of a sequence, or the value. */
    private static Source source(Ref ref) {
        return layer(ref) instanceof Slicing slicing && isStep(slicing.parts())
                ? step(ref.call().inputs().getFirst(), Integer.parseInt(slicing.parts().getFirst()))
                : Source.of(ref);
    }

    private static Source step(Ref sequence, int step) {
        return whole(sequence).at(step);
    }

    /** A sequence, or what it is turned from. */
    private static Source whole(Ref sequence) {
        return isTurned(sequence)
                ? Source.of(sequence.call().inputs().getFirst()).turned()
                : Source.of(sequence);
    }

    private static boolean isTurned(Ref ref) {
        return layer(ref) instanceof Slicing slicing && slicing.parts().equals(List.of("::-1"));
    }

    private static Sums scaled(Ref ref, Sums sums) {
        float[][] numbers = ref.call().layer().weights().stream().map(PlannedWeight::numbers).toArray(float[][]::new);
        if (numbers.length != 4 || sums.width() >= 0 && sums.width() != numbers[0].length) {
            return null;
        }
        for (int i = 0; i < numbers[0].length; i++) {
            if (numbers[0][i] != numbers[0][0] || numbers[2][i] != 0 || numbers[3][i] != 1) {
                return null;
            }
        }
        Sums scaled = sums.scaled(numbers[0][0]);
        double[] bias = Arrays.copyOf(scaled.bias(), numbers[0].length);
        for (int i = 0; i < bias.length; i++) {
            bias[i] += numbers[1][i];
        }
        return new Sums(bias.length, scaled.parts(), bias);
    }

    /** How many features a value has; -1 if that is not known. */
    private int width(Ref ref, int depth) {
        if (depth > MOST_LAYERS || ++work > MOST_WORK) {
            return -1;
        }
        return switch (layer(ref)) {
            case Input input -> Math.toIntExact(Math.max(-1, input.shape().last()));
            case Dense dense -> dense.units();
            case Slicing slicing when isStep(slicing.parts()) ->
                width(ref.call().inputs().getFirst(), depth + 1);
            case Slicing slicing when span(slicing.parts(), false) instanceof Span span && span.to() >= 0 ->
                span.count(0);
            case Activation one -> width(ref.call().inputs().getFirst(), depth + 1);
            case BatchNormalization one -> width(ref.call().inputs().getFirst(), depth + 1);
            case Multiply two -> known(ref, depth + 1);
            case Add two -> known(ref, depth + 1);
            case RecurrentLayer<?> recurrent -> recurrent.units();
            default -> -1;
        };
    }

    private int known(Ref ref, int depth) {
        return ref.call().inputs().stream().mapToInt(input -> width(input, depth)).max().orElse(-1);
    }
}
