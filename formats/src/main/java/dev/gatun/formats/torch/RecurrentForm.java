package dev.gatun.formats.torch;

import dev.gatun.memory.Shape;
import java.util.HashMap;
import java.util.Map;

/**
 * What the parameters of a recurrent module say.
 *
 * @param kind       LSTM, GRU or RNN
 * @param inputs     features that the first layer reads
 * @param units      of each layer and direction
 * @param projection features of h where it is projected, otherwise 0
 * @param layers     one above the other
 * @param bothWays   whether each layer goes backwards too
 * @param hasBias    whether there are biases
 * @param isCell     whether it is one of PyTorch's cells, which have no number of a layer in their names
 * @param isLearned  whether there are states to begin at beside its parameters
 */
record RecurrentForm(
        ModuleKind kind, int inputs, int units, int projection, int layers, boolean bothWays, boolean hasBias,
        boolean isCell, boolean isLearned) {

    /** Names under which states to begin at stand beside the parameters, whatever the file calls them. */
    static final String INITIAL_H = "initial_h";
    static final String INITIAL_C = "initial_c";

    /** The end of the names of one layer's parameters. */
    String ending(int layer, boolean reverse) {
        return isCell ? "" : "_l" + layer + (reverse ? "_reverse" : "");
    }

    /** Features that one direction of a layer gives on. */
    int width() {
        return projection > 0 ? projection : units;
    }

    int outputs() {
        return width() * (bothWays ? 2 : 1);
    }

    /** The place of a layer and direction among the states of all. */
    int slot(int layer, boolean reverse) {
        return bothWays ? 2 * layer + (reverse ? 1 : 0) : layer;
    }

    int inputs(int layer) {
        return layer == 0 ? inputs : outputs();
    }

    /** @throws IllegalArgumentException naming the parameter that is missing, has another shape or is left over */
    static RecurrentForm of(String module, Map<String, Shape> parameters) {
        boolean isCell = parameters.containsKey("weight_ih");
        String first = isCell ? "" : "_l0";
        Shape rows = required(module, parameters, "weight_hh" + first);
        Shape reads = required(module, parameters, "weight_ih" + first);
        Shape projected = parameters.get("weight_hr" + first);
        if (rows.rank() != 2 || reads.rank() != 2 || projected != null && projected.rank() != 2) {
            throw new IllegalArgumentException("module '" + module + "' has recurrent weights that are no matrices");
        }
        long units = projected == null ? rows.dim(1) : projected.dim(1);
        ModuleKind kind = units > 0 && rows.dim(0) % units == 0 ? ModuleKind.ofGates(rows.dim(0) / units) : null;
        if (kind == null) {
            throw new IllegalArgumentException("module '" + module + "' has weight_hh" + first + " of shape " + rows
                    + ", which is no LSTM's (4U rows), GRU's (3U) or RNN's (U) of U = " + units + " units");
        }
        int layers = 1;
        while (parameters.containsKey("weight_ih_l" + layers)) {
            layers++;
        }
        RecurrentForm form = new RecurrentForm(kind, Math.toIntExact(reads.dim(1)), Math.toIntExact(units),
                projected == null ? 0 : Math.toIntExact(projected.dim(0)), layers,
                parameters.containsKey("weight_ih_l0_reverse"), parameters.containsKey("bias_ih" + first), isCell,
                parameters.containsKey(INITIAL_H) || parameters.containsKey(INITIAL_C));
        form.require(module, parameters);
        return form;
    }

    private static Shape required(String module, Map<String, Shape> parameters, String name) {
        Shape shape = parameters.get(name);
        if (shape == null) {
            throw new IllegalArgumentException(
                    "module '" + module + "' has no " + name
                            + "; give the whole state dict, of one in several files the"
                            + " index beside them");
        }
        return shape;
    }

    private void require(String module, Map<String, Shape> parameters) {
        Map<String, Shape> expected = new HashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            addShapes(expected, layer, ending(layer, false));
            if (bothWays) {
                addShapes(expected, layer, ending(layer, true));
            }
        }
        expected.forEach((name, shape) -> {
            Shape got = required(module, parameters, name);
            if (!got.equals(shape)) {
                throw new IllegalArgumentException("module '" + module + "' has " + name + " of shape " + got
                        + ", expected " + shape + " for " + units + " units");
            }
        });
        requireState(module, parameters.get(INITIAL_H), INITIAL_H, width());
        requireState(module, parameters.get(INITIAL_C), INITIAL_C, units);
        for (String name : parameters.keySet()) {
            if (!expected.containsKey(name) && !isState(name)) {
                throw new IllegalArgumentException("module '" + module + "' has " + name + ", which no " + kind.word
                        + " of its other parameters has");
            }
        }
    }

    private boolean isState(String name) {
        return name.equals(INITIAL_H) || name.equals(INITIAL_C) && kind == ModuleKind.LSTM;
    }

    private void requireState(String module, Shape state, String name, int features) {
        long parts = (long) layers * (bothWays ? 2 : 1);
        if (state != null && (state.elements() != parts * features || state.last() != features)) {
            throw new IllegalArgumentException("module '" + module + "' is to begin at " + name + " of shape " + state
                    + ", expected " + features + " numbers for each of " + parts + " layers and directions");
        }
    }

    private void addShapes(Map<String, Shape> expected, int layer, String ending) {
        long wide = (long) kind.gates * units;
        expected.put("weight_ih" + ending, Shape.of(wide, inputs(layer)));
        expected.put("weight_hh" + ending, Shape.of(wide, width()));
        if (hasBias) {
            expected.put("bias_ih" + ending, Shape.of(wide));
            expected.put("bias_hh" + ending, Shape.of(wide));
        }
        if (projection > 0) {
            expected.put("weight_hr" + ending, Shape.of(projection, units));
        }
    }
}
