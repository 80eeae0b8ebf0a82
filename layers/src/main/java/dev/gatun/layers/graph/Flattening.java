package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A graph in which the parts stand in the place of the layers that are made of them: what runs. A layer that several share is
 * there once, under the name of the first.
 */
final class Flattening {

    private final List<Graph.NamedLayer> layers = new ArrayList<>();
    private final Map<BuiltLayer, Integer> place = new IdentityHashMap<>();
    private final List<Graph.Step> steps = new ArrayList<>();
    private final Map<Integer, Integer> calls = new HashMap<>();

    private Flattening() {}

    /** The graph itself if no layer is made of others. */
    static Graph of(Graph graph) {
        for (Graph.NamedLayer layer : graph.layers()) {
            if (layer.built() instanceof BuiltParts) {
                return new Flattening().flat(graph);
            }
        }
        return graph;
    }

    private Graph flat(Graph graph) {
        Map<Graph.Ref, Graph.Ref> values = new HashMap<>();
        List<Integer> inputs = new ArrayList<>();
        for (Graph.NamedLayer layer : graph.layers()) {
            if (layer.built() != null) {
                addLayer(layer, true);
            }
        }
        for (int index : graph.inputs()) {
            values.put(new Graph.Ref(index, 0), new Graph.Ref(inputs.size(), 0));
            inputs.add(inputs.size());
        }
        for (int index : graph.inputs()) {
            Graph.Step step = graph.steps().get(index);
            steps.add(new Graph.Step(layers.size(), 0, step.arguments().map(values::get), step.outputShapes()));
            layers.add(graph.layerOf(step));
        }
        addCalls(graph, values);
        return new Graph(graph.name(), graph.sequential(), layers, steps, inputs,
                graph.outputs().stream().map(values::get).toList());
    }

    /** A layer learns if all that hold it do. */
    private void addLayer(Graph.NamedLayer named, boolean trainable) {
        boolean learns = trainable && named.layer().isTrainable();
        if (named.built() instanceof BuiltParts parts) {
            for (Graph.NamedLayer part : parts.layers()) {
                addLayer(part, learns);
            }
            return;
        }
        Graph.NamedLayer own = learns == named.layer().isTrainable()
                ? named
                : new Graph.NamedLayer(named.name(), named.layer().trainable(false), named.built());
        Integer there = place.putIfAbsent(named.built(), layers.size());
        if (there == null) {
            layers.add(own);
        } else if (!learns) {
            Graph.NamedLayer shared = layers.get(there);
            layers.set(there, new Graph.NamedLayer(shared.name(), shared.layer().trainable(false), shared.built()));
        }
    }

    /** @param values for each value of the graph the one it is here; has the inputs, takes the rest */
    private void addCalls(Graph graph, Map<Graph.Ref, Graph.Ref> values) {
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            Graph.NamedLayer named = graph.layerOf(step);
            if (named.built() == null) {
                continue;
            }
            CallArguments<Graph.Ref> read = step.arguments().map(values::get);
            List<Graph.Ref> made = named.built() instanceof BuiltParts parts
                    ? calls(parts, read)
                    : call(named.built(), read);
            for (int output = 0; output < made.size(); output++) {
                values.put(new Graph.Ref(index, output), made.get(output));
            }
        }
    }

    private List<Graph.Ref> calls(BuiltParts parts, CallArguments<Graph.Ref> read) {
        Graph form = parts.form(read.map(ref -> new BuiltParts.Place(shape(ref), type(ref))));
        Map<Graph.Ref, Graph.Ref> inner = new HashMap<>();
        List<Graph.Ref> all = read.all();
        for (int input = 0; input < all.size(); input++) {
            inner.put(new Graph.Ref(form.inputs().get(input), 0), all.get(input));
        }
        addCalls(form, inner);
        return form.outputs().stream().map(inner::get).toList();
    }

    private List<Graph.Ref> call(BuiltLayer built, CallArguments<Graph.Ref> read) {
        int layer = place.get(built);
        int index = steps.size();
        List<Shape> shapes = built.outputShapes(read.map(this::shape));
        steps.add(new Graph.Step(layer, calls.merge(layer, 1, Integer::sum) - 1, read, shapes));
        return IntStream.range(0, shapes.size()).mapToObj(output -> new Graph.Ref(index, output)).toList();
    }

    private Shape shape(Graph.Ref ref) {
        return steps.get(ref.step()).outputShapes().get(ref.output());
    }

    private ValueType type(Graph.Ref ref) {
        Graph.NamedLayer source = layers.get(steps.get(ref.step()).layer());
        return source.layer() instanceof Input input ? input.type() : source.built().makes();
    }
}
