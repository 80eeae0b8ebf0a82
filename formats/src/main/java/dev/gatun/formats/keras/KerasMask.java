package dev.gatun.formats.keras;

import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.model.ModelNodes;
import java.util.List;
import java.util.Map;

/**
 * A mask as Keras computes it: of ids those that differ from a number, or of a sequence the steps of which some feature does.
 *
 * @param source layer, node and tensor of what is compared
 * @param value  with what
 * @param ofRows whether it is a step of features that is compared
 */
record KerasMask(List<?> source, double value, boolean ofRows) {

    private static final String MASK_VALUE = "mask_value";

    /**
     * The mask that an operation makes.
     *
     * @param node of the file
     * @param made by other operations so far
     * @return null if it makes none that layers make, or reads what is not made yet
     */
    static KerasMask of(Map<String, Object> node, Map<String, KerasMask> made) {
        List<?> read = arguments(node);
        if (read.isEmpty()) {
            return null;
        }
        List<?> source = history(read.getFirst());
        return switch (String.valueOf(node.get("class_name"))) {
            case "NotEqual" -> source != null && read.size() == 2 && read.get(1) instanceof Number value
                    ? new KerasMask(source.subList(0, 3), value.doubleValue(), false)
                    : null;
            // An attention hands the mask of its query on by it.
            case "ConvertToTensor" -> source == null ? null : made.get(source.getFirst());
            case "Any" -> source != null && isOverFeatures(node) ? ofRows(made.get(source.getFirst())) : null;
            default -> null;
        };
    }

    private static KerasMask ofRows(KerasMask elements) {
        return elements == null || elements.ofRows() ? null : new KerasMask(elements.source(), elements.value(), true);
    }

    private static boolean isOverFeatures(Map<String, Object> node) {
        return node.get("config") instanceof Map<?, ?> config && config.get("axis") instanceof Number axis
                && axis.intValue() == -1 && Boolean.FALSE.equals(config.get("keepdims"));
    }

    /** What the only call of an operation reads. */
    private static List<?> arguments(Map<String, Object> node) {
        return node.get("inbound_nodes") instanceof List<?> calls && calls.size() == 1
                && calls.getFirst() instanceof Map<?, ?> call && call.get("args") instanceof List<?> arguments
                        ? arguments
                        : List.of();
    }

    private static List<?> history(Object tensor) {
        return tensor instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config
                && config.get("keras_history") instanceof List<?> history && history.size() >= 3
                        ? history
                        : null;
    }

    /**
     * Whether a call makes this mask.
     *
     * @param maker a call of a layer that makes masks: its configuration says what steps are compared with, or it compares ids
     *              with 0
     * @param nodes of the model
     */
    boolean isOf(LayerCall maker, ModelNodes nodes) {
        List<LayerCall> calls = nodes.calls().getOrDefault(String.valueOf(source.get(0)), List.of());
        int call = ((Number) source.get(1)).intValue();
        if (call >= calls.size() || maker.arguments().inputs().isEmpty()) {
            return false;
        }
        Node read = maker.arguments().input();
        Object compared = maker.layer().config().get(MASK_VALUE);
        return read.call() == calls.get(call) && read.output() == ((Number) source.get(2)).intValue()
                && ofRows == compared instanceof Number
                && (float) value == (compared instanceof Number with ? with.floatValue() : 0);
    }

    @Override
    public String toString() {
        return "what differs from " + value + " in " + OptionReader.shown(source.getFirst());
    }
}
