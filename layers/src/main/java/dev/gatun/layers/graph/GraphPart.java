package dev.gatun.layers.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a graph leads to some of its values. The part reads all inputs of the whole, so that the same data fit both, and
 * has the whole's layers, so that it finds the same weights.
 */
final class GraphPart {

    private final Graph graph;
    /** Every name that means exactly one value; null where it means several. */
    private final Map<String, Graph.Ref> byName = new LinkedHashMap<>();

    private GraphPart(Graph graph) {
        this.graph = graph;
        List<List<Graph.Step>> calls = graph.calls();
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            boolean once = calls.get(step.layer()).size() == 1;
            for (int output = 0; output < step.outputShapes().size(); output++) {
                Graph.Ref ref = new Graph.Ref(index, output);
                if (once) {
                    name(OutputNames.plain(graph, ref), ref);
                } else {
                    name(OutputNames.plain(graph, ref) + "[" + step.callIndex() + "]", ref);
                }
            }
        }
        List<String> outputNames = OutputNames.of(graph);
        for (int output = 0; output < outputNames.size(); output++) {
            name(outputNames.get(output), graph.outputs().get(output));
        }
    }

    private void name(String name, Graph.Ref ref) {
        if (byName.containsKey(name) && !ref.equals(byName.get(name))) {
            byName.put(name, null);
        } else {
            byName.put(name, ref);
        }
    }

    /**
     * The part that ends in the values of these names.
     *
     * @throws IllegalArgumentException if there is no name, or one means no value or several, naming those there are
     */
    static Graph of(Graph graph, List<String> names) {
        if (names.isEmpty()) {
            throw nameless(graph);
        }
        GraphPart part = new GraphPart(graph);
        Graph cut = part.cut(names.stream().map(part::find).toList());
        TypeCheck.outputs(cut);
        return cut;
    }

    static IllegalArgumentException nameless(Graph graph) {
        return new IllegalArgumentException(
                "Model '" + graph.name() + "', upTo(): give the name of at least one layer");
    }

    private Graph.Ref find(String name) {
        Graph.Ref ref = byName.get(name);
        if (ref != null) {
            return ref;
        }
        List<String> there = byName.keySet().stream().filter(known -> byName.get(known) != null).toList();
        List<String> calls = there.stream().filter(known -> known.startsWith(name + "[")).toList();
        String what = "Model '" + graph.name() + "', upTo(\"" + name + "\"): ";
        if (!calls.isEmpty()) {
            throw new IllegalArgumentException(what + "layer '" + name + "' is called " + calls.size()
                    + " times; say which value is meant: " + String.join(", ", calls));
        }
        throw new IllegalArgumentException(what + (byName.containsKey(name)
                ? "the name means more than one value"
                : "there is no layer or output of that name") + "; there are " + String.join(", ", there)
                + (name.endsWith("_h") || name.endsWith("_c")
                        ? ". An LSTM has its state as a value with .returnState()"
                        : ""));
    }

    private Graph cut(List<Graph.Ref> outputs) {
        boolean[] needed = new boolean[graph.steps().size()];
        graph.inputs().forEach(input -> needed[input] = true);
        outputs.forEach(ref -> needed[ref.step()] = true);
        for (int index = needed.length - 1; index >= 0; index--) {
            if (needed[index]) {
                graph.steps().get(index).arguments().all().forEach(ref -> needed[ref.step()] = true);
            }
        }
        int[] place = new int[needed.length];
        List<Graph.Step> steps = new ArrayList<>();
        for (int index = 0; index < needed.length; index++) {
            if (needed[index]) {
                Graph.Step step = graph.steps().get(index);
                place[index] = steps.size();
                steps.add(new Graph.Step(
                        step.layer(), step.callIndex(), step.arguments().map(ref -> moved(ref, place)),
                        step.outputShapes()));
            }
        }
        return new Graph(graph.name(), graph.sequential(), graph.layers(), List.copyOf(steps),
                graph.inputs().stream().map(input -> place[input]).toList(), moved(outputs, place));
    }

    private static List<Graph.Ref> moved(List<Graph.Ref> refs, int[] place) {
        return refs.stream().map(ref -> moved(ref, place)).toList();
    }

    private static Graph.Ref moved(Graph.Ref ref, int[] place) {
        return new Graph.Ref(place[ref.step()], ref.output());
    }
}
