package dev.gatun.layers;

import java.util.LinkedHashMap;
import java.util.Map;

/** Regularizers to and from plain maps, as configurations hold them. */
final class RegularizerConfig {

    private RegularizerConfig() {}

    /** Class name and arguments; null for none. */
    static Map<String, Object> toMap(Regularizer regularizer) {
        return regularizer.isNone()
                ? null
                : ofClass(regularizer.kind(), regularizer.config());
    }

    /** As Keras writes a class and its arguments. */
    static Map<String, Object> ofClass(String kind, Map<String, Object> config) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("class_name", kind);
        map.put("config", config);
        return map;
    }

    /** From what {@link #toMap} gives. */
    static Regularizer of(OptionReader options) {
        String kind = options.text("class_name");
        OptionReader arguments = new OptionReader("Regularizer " + kind, options.map("config"));
        options.requireNothingLeft();
        Regularizer regularizer = of(kind, arguments);
        arguments.requireNothingLeft();
        return regularizer;
    }

    private static Regularizer of(String kind, OptionReader arguments) {
        return switch (kind) {
            case "L1" -> Regularizer.l1(arguments.number("l1", 0.01));
            case "L2" -> Regularizer.l2(arguments.number("l2", 0.01));
            case "L1L2" -> new Regularizer.L1L2(arguments.number("l1", 0), arguments.number("l2", 0));
            case "OrthogonalRegularizer" ->
                new Regularizer.Orthogonal(arguments.number("factor", 0.01), isOfRows(arguments.text("mode", "rows")));
            default -> throw new IllegalArgumentException("Unknown regularizer '" + kind
                    + "'; there are L1, L2, L1L2, OrthogonalRegularizer");
        };
    }

    private static boolean isOfRows(String mode) {
        if (!mode.equals("rows") && !mode.equals("columns")) {
            throw new IllegalArgumentException(
                    "Unknown mode '" + mode + "' of OrthogonalRegularizer; use rows or columns");
        }
        return mode.equals("rows");
    }
}
