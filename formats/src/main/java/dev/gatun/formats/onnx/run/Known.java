package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.HashMap;
import java.util.Map;

/**
 * Values of a graph that are known before anything runs, and those of the graphs around it; a name of the graph's own hides one
 * of those.
 *
 * @param own   null for a value that is not known
 * @param outer of the graph around it, or null
 */
record Known(Map<String, NumberArray> own, Known outer) {

    static Known within(Known outer) {
        return new Known(new HashMap<>(), outer);
    }

    /** @return null if it is not known */
    NumberArray get(String name) {
        for (Known known = this; known != null; known = known.outer) {
            if (known.own.containsKey(name)) {
                return known.own.get(name);
            }
        }
        return null;
    }
}
