package dev.gatun.tests.rebuilt;

import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Dot;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;
import java.util.Map;
import java.util.function.Function;

/** Layers of several values. */
final class Merges {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "Add", options -> Add.of(),
            "Subtract", options -> Subtract.of(),
            "Multiply", options -> Multiply.of(),
            "Average", options -> Average.of(),
            "Maximum", options -> Maximum.of(),
            "Minimum", options -> Minimum.of(),
            "Concatenate", options -> Concatenate.axis(options.whole("axis")),
            "Dot", Merges::dot);

    private Merges() {}

    private static Layer dot(Options options) {
        int[] axes = options.wholes("axes");
        return (axes.length == 1 ? Dot.axes(axes[0]) : Dot.axes(axes[0], axes[1]))
                .normalize(options.flag("normalize"));
    }
}
