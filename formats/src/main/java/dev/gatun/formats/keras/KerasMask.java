package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the nodes compute that Keras writes for masks: those that its layers make, and those that its layers make of several.
 * Source: {@code compute_mask} of {@code Masking}, {@code Embedding}, {@code Merge} and {@code Concatenate} in
 * {@code keras/src/layers}.
 */
sealed interface KerasMask {

    /** Whether it is one number for each step, which a call can be given, and no part of how that is made. */
    default boolean isMask() {
        return false;
    }

    /**
     * Of ids those that differ from a number, or of a sequence the steps of which some feature does.
     *
     * @param source layer, node and tensor of what is compared
     * @param value  with what
     * @param ofRows whether it is a step of features that is compared
     */
    record Compared(List<?> source, double value, boolean ofRows) implements KerasMask {
        @Override
        public boolean isMask() {
            return true;
        }

        @Override
        public String toString() {
            return "what differs from " + value + " in " + OptionReader.shown(source.getFirst());
        }
    }

    /** Steps that count in one of two masks. */
    record Either(KerasMask first, KerasMask second) implements KerasMask {
        @Override
        public boolean isMask() {
            return true;
        }
    }

    /** A mask with an axis of one feature. */
    record Expanded(KerasMask mask) implements KerasMask {}

    /** A mask for every feature; all of them count where there is none. */
    record Spread(KerasMask mask) implements KerasMask {}

    /** What no number of a value changes: all of them 0. */
    record Zeros() implements KerasMask {}

    /**
     * Masks behind each other.
     *
     * @param parts  each for every feature
     * @param axis   along which
     * @param ofRows whether of each step it is known if a feature counts
     */
    record Joined(List<Spread> parts, int axis, boolean ofRows) implements KerasMask {
        @Override
        public boolean isMask() {
            return ofRows;
        }
    }

    /**
     * The mask, or a part of one, that an operation makes.
     *
     * @param node of the file
     * @param made by other operations so far
     * @return null if it makes none that layers make, or reads what is not made yet
     */
    static KerasMask of(Map<String, Object> node, Map<String, KerasMask> made) {
        List<?> read = arguments(node);
        KerasTensor source = read.isEmpty() ? null : KerasTensor.of(read.getFirst());
        KerasMask first = source == null ? null : made.get(source.layer());
        return switch (String.valueOf(node.get("class_name"))) {
            case "NotEqual" -> source != null && read.size() == 2 && read.get(1) instanceof Number value
                    ? new Compared(source.history(), value.doubleValue(), false)
                    : null;
            case "Any" -> isOverFeatures(node) ? ofRows(first) : null;
            case "LogicalOr" -> read.size() == 2 && KerasTensor.of(read.get(1)) instanceof KerasTensor second
                    ? either(first, made.get(second.layer()))
                    : null;
            case "ExpandDims" -> first != null && first.isMask() && Long.valueOf(-1).equals(option(node, "axis"))
                    ? new Expanded(first)
                    : null;
            case "ZerosLike" -> source != null ? new Zeros() : null;
            case "OnesLike" -> source != null ? new Spread(null) : null;
            case "ConvertToTensor" -> first != null && first.isMask() && option(node, "dtype") == null ? first : null;
            case "Concatenate" -> read.size() == 1 && read.getFirst() instanceof List<?> parts
                    && option(node, "axis") instanceof Number axis
                            ? joined(parts, (int) axis.doubleValue(), made)
                            : null;
            default -> null;
        };
    }

    private static KerasMask ofRows(KerasMask elements) {
        return switch (elements) {
            case Compared compared when !compared.ofRows() -> new Compared(compared.source(), compared.value(), true);
            case Joined joined when !joined.ofRows() -> new Joined(joined.parts(), joined.axis(), true);
            case null, default -> null;
        };
    }

    private static KerasMask either(KerasMask first, KerasMask second) {
        if (first instanceof Expanded expanded && second instanceof Zeros) {
            return new Spread(expanded.mask());
        }
        return first != null && first.isMask() && second != null && second.isMask() ? new Either(first, second) : null;
    }

    private static KerasMask joined(List<?> parts, int axis, Map<String, KerasMask> made) {
        List<Spread> spread = new ArrayList<>();
        for (Object part : parts) {
            if (!(KerasTensor.of(part) instanceof KerasTensor tensor)
                    || !(made.get(tensor.layer()) instanceof Spread each)) {
                return null;
            }
            spread.add(each);
        }
        return new Joined(List.copyOf(spread), axis, false);
    }

    private static Object option(Map<String, Object> node, String key) {
        Object value = node.get("config") instanceof Map<?, ?> config ? config.get(key) : null;
        return value instanceof Number number ? (Object) number.longValue() : value;
    }

    private static boolean isOverFeatures(Map<String, Object> node) {
        return Long.valueOf(-1).equals(option(node, "axis")) && Boolean.FALSE.equals(option(node, "keepdims"));
    }

    /** What the only call of an operation reads. */
    private static List<?> arguments(Map<String, Object> node) {
        return node.get("inbound_nodes") instanceof List<?> calls && calls.size() == 1
                && calls.getFirst() instanceof Map<?, ?> call && call.get("args") instanceof List<?> arguments
                        ? arguments
                        : List.of();
    }
}
