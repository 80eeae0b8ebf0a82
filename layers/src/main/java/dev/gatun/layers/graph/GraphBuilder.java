package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.wire.Discovery;
import dev.gatun.layers.wire.LayerNames;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns nodes into a {@link Graph}: collects the calls behind the outputs, orders and names the layers as Keras does
 * (deepest first, then in order of discovery), builds each layer once and infers all shapes.
 */
final class GraphBuilder {

    private final Discovery discovery = new Discovery();
    /** Layers that are built, by identity: of the model and of all the layers in it that are made of others. */
    private final Map<Layer, BuiltLayer> known;

    private GraphBuilder(Map<Layer, BuiltLayer> known) {
        this.known = known;
    }

    static Graph build(String name, boolean sequential, List<? extends Node> inputs, List<? extends Node> outputs) {
        Arguments.required(name, "Model", "name", "a name");
        Arguments.all(inputs, "Model '" + name + "'", "inputs", "the Inputs it begins with");
        Arguments.all(outputs, "Model '" + name + "'", "outputs", "nodes");
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("Model '" + name + "' needs at least one input and one output");
        }
        GraphBuilder builder = new GraphBuilder(new IdentityHashMap<>());
        for (Node output : outputs) {
            builder.discovery.add(output);
        }
        builder.discovery.requireInputs(name, inputs);
        List<Layer> order = builder.discovery.layerOrder();
        Graph graph = builder.infer(name, sequential, order, LayerNames.assign(order), inputs, outputs);
        AxisOrder.requireOne(graph);
        Graph flat = graph.flat();
        TypeCheck.of(flat);
        TypeCheck.outputs(flat);
        flat.masks();
        return graph;
    }

    /**
     * What a call of a layer that is made of others stands for.
     *
     * @param whole the name of that layer, with which those of its parts begin
     * @param parts in their order
     * @param known the layers that are built already; takes the parts
     */
    static Graph part(
            String whole, List<Layer> parts, List<Input> inputs, List<? extends Node> outputs,
            Map<Layer, BuiltLayer> known) {
        GraphBuilder builder = new GraphBuilder(known);
        for (Input input : inputs) {
            builder.discovery.add(input);
        }
        for (Node output : outputs.reversed()) {
            builder.discovery.add(output);
        }
        List<Layer> order = new ArrayList<>(inputs);
        parts.stream().filter(builder.discovery::found).forEach(order::add);
        List<String> names = new ArrayList<>();
        LayerNames.assign(order).forEach(own -> names.add(whole + "/" + own));
        return builder.infer(whole, false, order, names, inputs, outputs);
    }

    private Graph infer(
            String name, boolean sequential, List<Layer> order, List<String> names, List<? extends Node> inputs,
            List<? extends Node> outputs) {
        BuiltLayer[] built = new BuiltLayer[order.size()];
        int[] callCount = new int[order.size()];
        Map<Layer, Integer> layerIndex = new IdentityHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            layerIndex.put(order.get(i), i);
        }
        List<Graph.Step> steps = new ArrayList<>();
        for (LayerCall call : discovery.calls()) {
            int layer = layerIndex.get(call.layer());
            CallArguments<Graph.Ref> refs = call.arguments().map(this::ref);
            CallArguments<Shape> shapes = refs.map(ref -> shape(steps, ref, order, names));
            List<Shape> outputShapes;
            if (call.layer() instanceof Input input) {
                outputShapes = List.of(input.shape());
            } else {
                if (built[layer] == null) {
                    built[layer] = build(call.layer(), names.get(layer), places(refs, steps, order, built), known);
                }
                outputShapes = built[layer].outputShapes(shapes);
                requireCounted(call.layer(), names.get(layer), built[layer]);
                for (Shape output : outputShapes) {
                    call.layer().activityRegularizer()
                            .requireFit(call.layer().kind() + " '" + names.get(layer) + "' returns what", output);
                }
            }
            steps.add(new Graph.Step(layer, callCount[layer]++, refs, outputShapes));
        }
        List<Integer> inputSteps = new ArrayList<>();
        for (Node input : inputs) {
            inputSteps.add(discovery.stepOf(input.call()));
        }
        List<Graph.Ref> outputRefs = new ArrayList<>();
        for (Node output : outputs) {
            Graph.Ref ref = ref(output);
            shape(steps, ref, order, names);
            outputRefs.add(ref);
        }
        List<Graph.NamedLayer> layers = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            layers.add(new Graph.NamedLayer(names.get(i), order.get(i), built[i]));
        }
        return new Graph(name, sequential, layers, steps, inputSteps, outputRefs);
    }

    /** @param known the layers that are built already, of which it may be one */
    static BuiltLayer build(
            Layer layer, String name, CallArguments<BuiltParts.Place> places, Map<Layer, BuiltLayer> known) {
        BuiltLayer before = known.get(layer);
        if (before != null) {
            return before;
        }
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        Optional<Parts> parts = type.parts(layer, name);
        BuiltLayer built = parts.isPresent()
                ? new BuiltParts(layer, name, parts.get(), places, known)
                : type.build(layer, name, places.map(BuiltParts.Place::shape));
        known.put(layer, built);
        return built;
    }

    private static CallArguments<BuiltParts.Place> places(
            CallArguments<Graph.Ref> refs, List<Graph.Step> steps, List<Layer> order, BuiltLayer[] built) {
        return refs.map(ref -> {
            Graph.Step step = steps.get(ref.step());
            ValueType type = order.get(step.layer()) instanceof Input input
                    ? input.type()
                    : built[step.layer()].makes();
            return new BuiltParts.Place(step.outputShapes().get(ref.output()), type);
        });
    }

    /** What a layer made of others returns is that of its parts, and penalties belong to calls that run. */
    private static void requireCounted(Layer layer, String name, BuiltLayer built) {
        if (built instanceof BuiltParts && !layer.activityRegularizer().isNone()) {
            throw new IllegalArgumentException(layer.kind() + " '" + name
                    + "' has an activity regularizer, which Gatun "
                    + "does not count for a layer that is made of others; put an Activation(\"linear\") with it behind");
        }
    }

    private static Shape shape(List<Graph.Step> steps, Graph.Ref ref, List<Layer> order, List<String> names) {
        Graph.Step step = steps.get(ref.step());
        int count = step.outputShapes().size();
        if (ref.output() < 0 || ref.output() >= count) {
            throw new IllegalArgumentException(order.get(step.layer()).kind() + " '" + names.get(step.layer())
                    + "' has " + count + (count == 1 ? " output" : " outputs") + ", but output " + ref.output()
                    + " (counted from 0) is used; an LSTM has its states as outputs 1 and 2 with .returnState()");
        }
        return step.outputShapes().get(ref.output());
    }

    private Graph.Ref ref(Node node) {
        return new Graph.Ref(discovery.stepOf(node.call()), node.output());
    }
}
