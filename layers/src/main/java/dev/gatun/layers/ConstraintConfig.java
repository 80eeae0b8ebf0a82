package dev.gatun.layers;

import java.util.List;
import java.util.Map;

/** Constraints to and from plain maps, as configurations hold them. */
final class ConstraintConfig {

    private ConstraintConfig() {}

    /** Class name and arguments; null for none. */
    static Map<String, Object> toMap(Constraint constraint) {
        return constraint.isNone()
                ? null
                : RegularizerConfig.ofClass(constraint.kind(), constraint.config());
    }

    /** From what {@link #toMap} gives. */
    static Constraint of(OptionReader options) {
        String kind = options.text("class_name");
        OptionReader arguments = new OptionReader("Constraint " + kind, options.map("config"));
        options.requireNothingLeft();
        Constraint constraint = of(kind, arguments);
        arguments.requireNothingLeft();
        return constraint;
    }

    private static Constraint of(String kind, OptionReader arguments) {
        return switch (kind) {
            case "MaxNorm" -> new Constraint.MaxNorm(arguments.number("max_value", 2), axes(arguments));
            case "NonNeg" -> Constraint.nonNegative();
            case "UnitNorm" -> new Constraint.UnitNorm(axes(arguments));
            case "MinMaxNorm" -> new Constraint.MinMaxNorm(
                    arguments.number("min_value", 0), arguments.number("max_value", 1), arguments.number("rate", 1),
                    axes(arguments));
            default -> throw new IllegalArgumentException(
                    "Unknown constraint '" + kind + "'; there are MaxNorm, NonNeg, UnitNorm, MinMaxNorm");
        };
    }

    private static List<Integer> axes(OptionReader arguments) {
        return arguments.has("axis") ? arguments.axes("axis") : List.of(0);
    }
}
