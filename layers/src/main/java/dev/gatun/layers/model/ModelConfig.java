package dev.gatun.layers.model;

import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Options;
import dev.gatun.layers.rnn.Lstm;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A model's architecture to and from a plain map: numbers, text, booleans, lists and maps only.
 *
 * <pre>
 * name, sequential
 * layers   each with class_name, name, config, calls: for each call the list of values it reads
 * inputs   names of layers
 * outputs  values
 * </pre>
 *
 * A value is a list of layer, number of its call, number of the output.
 */
public final class ModelConfig {

    /** Calls are followed by recursion; more of them than any model has could exhaust a thread's stack. */
    private static final int MOST_CALLS = 2000;

    private ModelConfig() {}

    public static Map<String, Object> toMap(Graph graph) {
        Arguments.required(graph, "ModelConfig.toMap", "graph", "a graph");
        List<Object> layers = new ArrayList<>();
        List<List<Graph.Step>> calls = graph.calls();
        for (int index = 0; index < graph.layers().size(); index++) {
            Graph.NamedLayer layer = graph.layers().get(index);
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class_name", layer.layer().kind());
            map.put("name", layer.name());
            map.put("config", layer.layer().config());
            if (!(layer.layer() instanceof Input)) {
                map.put("calls", calls.get(index).stream().map(step -> values(graph, step.inputs())).toList());
            }
            layers.add(map);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", graph.name());
        map.put("sequential", graph.sequential());
        map.put("layers", layers);
        map.put("inputs", graph.inputs().stream().map(step -> graph.layerOf(graph.steps().get(step)).name()).toList());
        map.put("outputs", values(graph, graph.outputs()));
        return map;
    }

    private static List<List<Object>> values(Graph graph, List<Graph.Ref> refs) {
        return refs.stream().map(ref -> value(graph, ref)).toList();
    }

    private static List<Object> value(Graph graph, Graph.Ref ref) {
        Graph.Step step = graph.steps().get(ref.step());
        return List.of(graph.layerOf(step).name(), (long) step.callIndex(), (long) ref.output());
    }

    /**
     * The nodes of a configuration.
     *
     * @throws IllegalArgumentException naming the layer, and what of it is missing, unknown or not supported
     */
    public static ModelNodes nodes(Map<String, Object> map) {
        Arguments.required(map, "ModelConfig.nodes", "map", "a map as ModelConfig.toMap makes it");
        return nodes(map, layer -> layer);
    }

    /** As {@link #nodes(Map)}; every layer but inputs is replaced by what {@code change} makes of it, before it is wired. */
    public static ModelNodes nodes(Map<String, Object> map, UnaryOperator<Layer> change) {
        Arguments.required(map, "ModelConfig.nodes", "map", "a map as ModelConfig.toMap makes it");
        Arguments.required(change, "ModelConfig.nodes", "change", "UnaryOperator.identity() for no change");
        Options options = new Options("Model", map);
        Wiring wiring = new Wiring();
        for (Object layer : options.list("layers")) {
            wiring.add(Options.asMap(layer, "Model: layers"), change);
        }
        wiring.connect();
        List<Input> inputs = new ArrayList<>();
        for (Object name : options.list("inputs")) {
            inputs.add(wiring.input(name));
        }
        List<Node> outputs = new ArrayList<>();
        for (Object value : options.list("outputs")) {
            outputs.add(wiring.node(Value.of("Model: outputs", value)));
        }
        String name = options.text("name");
        boolean sequential = options.flag("sequential", false);
        options.requireNothingLeft();
        return new ModelNodes(name, sequential, wiring.layers, wiring.calls(), inputs, outputs);
    }

    /** A value by names. */
    private record Value(String layer, int call, int output) {

        static Value of(String owner, Object value) {
            if (value instanceof List<?> list
                    && list.size() == 3
                    && list.get(0) instanceof String layer
                    && list.get(1) instanceof Number call
                    && list.get(2) instanceof Number output) {
                return new Value(layer, call.intValue(), output.intValue());
            }
            throw new IllegalArgumentException(
                    owner + ": expected a value as [layer, call, output], got " + value);
        }

        @Override
        public String toString() {
            return "output " + output + " of call " + call + " of layer '" + layer + "'";
        }
    }

    private record Call(String layer, int index, List<Value> inputs) {}

    /** Layers by name, and their calls in whatever order they can be made. */
    private static final class Wiring {

        private final Map<String, Layer> layers = new LinkedHashMap<>();
        private final Map<String, LayerCall[]> made = new LinkedHashMap<>();
        private List<Call> waiting = new ArrayList<>();

        void add(Map<String, Object> map, UnaryOperator<Layer> change) {
            Options options = new Options("A layer of the model", map);
            String name = options.text("name");
            Layer layer = LayerConfig.layer(options.text("class_name"), name, options.map("config"));
            if (layers.containsKey(name)) {
                throw new IllegalArgumentException("Two layers are named '" + name + "'; names in a model must differ");
            }
            layers.put(name, layer instanceof Input ? layer : change.apply(layer));
            if (layer instanceof Input input) {
                made.put(name, new LayerCall[] {input.call()});
            } else {
                addCalls(name, options.list("calls"));
            }
            options.requireNothingLeft();
            if (waiting.size() + layers.size() > MOST_CALLS) {
                throw new IllegalArgumentException("The model has more than " + MOST_CALLS + " layers or calls");
            }
        }

        private void addCalls(String name, List<?> calls) {
            if (calls.isEmpty()) {
                throw new IllegalArgumentException("Layer '" + name + "' is never called; leave it out");
            }
            for (int index = 0; index < calls.size(); index++) {
                if (!(calls.get(index) instanceof List<?> values) || values.isEmpty()) {
                    throw new IllegalArgumentException("Layer '" + name + "': expected the values that call " + index
                            + " reads, got " + calls.get(index));
                }
                waiting.add(new Call(
                        name, index,
                        values.stream().map(value -> Value.of("Layer '" + name + "'", value)).toList()));
            }
            made.put(name, new LayerCall[calls.size()]);
        }

        void connect() {
            while (!waiting.isEmpty()) {
                List<Call> later = new ArrayList<>();
                for (Call call : waiting) {
                    if (call.inputs().stream().allMatch(value -> find(value) != null)) {
                        List<Node> nodes = call.inputs().stream().map(this::node).toList();
                        made.get(call.layer())[call.index()] = new LayerCall(layers.get(call.layer()), nodes);
                    } else {
                        later.add(call);
                    }
                }
                if (later.size() == waiting.size()) {
                    throw new IllegalArgumentException("The graph has a cycle through layer '"
                            + later.getFirst().layer() + "': its call " + later.getFirst().index()
                            + " needs its own result");
                }
                waiting = later;
            }
        }

        /** The call a value comes from, or null if it is not made yet. */
        private LayerCall find(Value value) {
            LayerCall[] calls = made.get(value.layer());
            if (calls == null || value.call() < 0 || value.call() >= calls.length) {
                throw new IllegalArgumentException("The graph uses " + value + ", which does not exist");
            }
            return calls[value.call()];
        }

        Node node(Value value) {
            LayerCall call = find(value);
            int count = call.layer() instanceof Lstm lstm && lstm.state() ? 3 : 1;
            if (value.output() < 0 || value.output() >= count) {
                throw new IllegalArgumentException("The graph uses " + value + ", which has " + count
                        + (count == 1 ? " output" : " outputs"));
            }
            return call.output(value.output());
        }

        Input input(Object name) {
            if (name instanceof String && layers.get(name) instanceof Input input) {
                return input;
            }
            throw new IllegalArgumentException("Model: inputs: expected the name of an InputLayer, got " + name);
        }

        Map<String, List<LayerCall>> calls() {
            Map<String, List<LayerCall>> lists = new LinkedHashMap<>();
            made.forEach((name, calls) -> lists.put(name, List.of(calls)));
            return lists;
        }
    }
}
