package dev.gatun.formats.onnx.run;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.HashMap;
import java.util.Map;

/** Values of a graph that runs, by name, and those of the graphs around it. */
final class Scope {

    private final Map<String, NumberArray> constants;
    private final Scope outer;
    private final Turns turns;
    private final Map<String, NumberArray> values = new HashMap<>();

    private Scope(Map<String, NumberArray> constants, Scope outer, Turns turns) {
        this.constants = constants;
        this.outer = outer;
        this.turns = turns;
    }

    /** Of the model's own graph, which begins to run. */
    static Scope of(Map<String, NumberArray> constants) {
        return new Scope(constants, null, new Turns());
    }

    /** Of a graph within this one. */
    Scope within(Map<String, NumberArray> own) {
        return new Scope(own, this, turns);
    }

    /** Of the whole run. */
    Turns turns() {
        return turns;
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
