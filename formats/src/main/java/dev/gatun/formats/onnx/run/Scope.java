package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.HashMap;
import java.util.Map;

/** Values of a graph that runs, by name, and those of the graphs around it. */
final class Scope {

    private final Map<String, NumberArray> constants;
    private final Scope outer;
    private final Map<String, NumberArray> values = new HashMap<>();

    /** @param outer null for the model's own graph */
    Scope(Map<String, NumberArray> constants, Scope outer) {
        this.constants = constants;
        this.outer = outer;
    }

    void put(String name, NumberArray value) {
        values.put(name, value);
    }

    void drop(String name) {
        values.remove(name);
    }

    /** @throws IllegalArgumentException if there is none */
    NumberArray get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            NumberArray value = scope.values.get(name);
            value = value == null ? scope.constants.get(name) : value;
            if (value != null) {
                return value;
            }
        }
        throw new IllegalArgumentException("nothing has made the value '" + name + "'");
    }
}
