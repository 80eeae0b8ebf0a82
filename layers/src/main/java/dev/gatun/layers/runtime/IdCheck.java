package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Tensor;

/** The check at the door of whole numbers: each is one that every layer knows which reads them. */
final class IdCheck {

    private IdCheck() {}

    /**
     * @param steps which of them count, or null if all do; the others are not looked at
     * @throws IllegalArgumentException naming the layer, the number and where it stands
     */
    static void require(Graph graph, int input, Tensor ids, Tensor steps) {
        if (graph.inputType(input) != ValueType.INT32) {
            return;
        }
        Graph.Ref value = new Graph.Ref(graph.inputs().get(input), 0);
        for (Graph.Step step : graph.steps()) {
            if (step.arguments().inputs().contains(value)) {
                require(graph, graph.layerOf(step), ids, steps);
            }
        }
    }

    private static void require(Graph graph, Graph.NamedLayer reader, Tensor ids, Tensor steps) {
        boolean isSequence = ids.shape().rank() > 1;
        long time = isSequence ? ids.shape().dim(1) : 1;
        for (long sample = 0; sample < ids.shape().dim(0); sample++) {
            for (long t = 0; t < time; t++) {
                int id = isSequence ? number(ids, sample, t) : number(ids, 0, sample);
                String problem = problem(reader.built(), id);
                if (problem != null && (steps == null || number(steps, sample, t) != 0)) {
                    throw new IllegalArgumentException(reader.layer().kind() + " '" + reader.name() + "' of model '"
                            + graph.name() + (reader.built().ids() == Integer.MAX_VALUE ? "': number " : "': id ") + id
                            + " of sample " + sample
                            + (isSequence ? ", step " + t : "") + " (counted from 0) " + problem);
                }
            }
        }
    }

    private static String problem(BuiltLayer reader, int id) {
        int most = reader.ids();
        if (most != Integer.MAX_VALUE && (id < 0 || id >= most)) {
            return "is not one of its " + most + " ids, 0 to " + (most - 1)
                    + "; give such ids, or make the layer larger";
        }
        return reader.unknown(id);
    }

    private static int number(Tensor numbers, long row, long column) {
        return numbers.segment().get(JAVA_INT_UNALIGNED,
                numbers.baseBytes() + row * numbers.rowBytes() + column * Integer.BYTES);
    }
}
