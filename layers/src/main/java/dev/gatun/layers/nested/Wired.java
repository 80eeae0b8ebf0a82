package dev.gatun.layers.nested;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.Node;
import dev.gatun.layers.wire.CallConfig;
import dev.gatun.layers.wire.Discovery;
import dev.gatun.layers.wire.LayerNames;
import dev.gatun.layers.wire.Wiring;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Layers wired from inputs to outputs, with their names, not built yet: what a layer holds that is a model. Two are equal if
 * their plain maps are.
 */
public final class Wired {

    private final String name;
    private final boolean sequential;
    private final List<Input> inputs;
    private final List<Node> outputs;
    private final List<LayerCall> calls;
    private final Map<String, Layer> layers;

    private Wired(
            String name, boolean sequential, List<Input> inputs, List<Node> outputs, List<LayerCall> calls,
            Map<String, Layer> layers) {
        this.name = name;
        this.sequential = sequential;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.calls = List.copyOf(calls);
        this.layers = Collections.unmodifiableMap(layers);
    }

    /**
     * What lies between inputs and outputs.
     *
     * @param name       of the model
     * @param sequential whether it is a plain chain
     * @param inputs     where values enter, at least one
     * @param outputs    what is computed from them, at least one
     * @return the layers, named
     * @throws IllegalArgumentException if an input is missing or leads nowhere, or two layers have one name
     */
    public static Wired of(String name, boolean sequential, List<Input> inputs, List<? extends Node> outputs) {
        Arguments.required(name, "Wired.of", "name", "a name");
        Arguments.all(inputs, "Wired.of", "inputs", "the Inputs it begins with");
        Arguments.all(outputs, "Wired.of", "outputs", "nodes");
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new IllegalArgumentException("Model '" + name + "' needs at least one input and one output");
        }
        Discovery discovery = new Discovery();
        outputs.forEach(discovery::add);
        discovery.requireInputs(name, inputs);
        List<Layer> order = discovery.layerOrder();
        List<String> names = LayerNames.assign(order);
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (int layer = 0; layer < order.size(); layer++) {
            layers.put(names.get(layer), order.get(layer));
        }
        return new Wired(name, sequential, inputs, List.copyOf(outputs), discovery.calls(), layers);
    }

    /**
     * The same of a plain map.
     *
     * @param map   as {@link #toMap} gives it
     * @param types of the layers
     * @return the layers in the map's order
     * @throws IllegalArgumentException naming the layer, and what of it is missing, unknown or not supported
     */
    public static Wired read(Map<String, Object> map, LayerTypes types) {
        Arguments.required(map, "Wired.read", "map", "a map as toMap makes it");
        Arguments.required(types, "Wired.read", "types", "the types of the layers");
        Wiring wiring = Wiring.read(map, types, layer -> layer);
        Discovery discovery = new Discovery();
        wiring.outputs().forEach(discovery::add);
        discovery.requireInputs(wiring.name(), wiring.inputs());
        Map<String, Layer> layers = new LinkedHashMap<>(wiring.layers());
        layers.values().removeIf(layer -> !discovery.found(layer));
        return new Wired(wiring.name(), wiring.isSequential(), wiring.inputs(), wiring.outputs(), discovery.calls(),
                layers);
    }

    /** {@return the plain map, of numbers, text, booleans, lists and maps only} */
    public Map<String, Object> toMap() {
        Map<Layer, String> names = new IdentityHashMap<>();
        layers.forEach((own, layer) -> names.put(layer, own));
        Map<LayerCall, CallConfig.Value> made = new IdentityHashMap<>();
        Map<Layer, List<LayerCall>> ofLayer = new IdentityHashMap<>();
        for (LayerCall call : calls) {
            List<LayerCall> before = ofLayer.computeIfAbsent(call.layer(), layer -> new ArrayList<>());
            made.put(call, new CallConfig.Value(names.get(call.layer()), before.size(), 0));
            before.add(call);
        }
        List<Object> maps = new ArrayList<>();
        layers.forEach((own, layer) -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class_name", layer.kind());
            map.put("name", own);
            map.put("config", layer.config());
            if (!(layer instanceof Input)) {
                map.put("calls", ofLayer.get(layer).stream()
                        .map(call -> CallConfig.toMap(call.arguments().map(node -> value(made, node)))).toList());
            }
            maps.add(map);
        });
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("sequential", sequential);
        map.put("layers", maps);
        map.put("inputs", inputs.stream().map(names::get).toList());
        map.put("outputs", outputs.stream().map(node -> value(made, node).plain()).toList());
        return map;
    }

    private static CallConfig.Value value(Map<LayerCall, CallConfig.Value> made, Node node) {
        CallConfig.Value first = made.get(node.call());
        return new CallConfig.Value(first.layer(), first.call(), node.output());
    }

    /**
     * Wires the same layers to other inputs.
     *
     * @param others one for each input
     * @return the outputs
     * @throws IllegalArgumentException if there are more or fewer
     */
    public List<Node> on(List<? extends Node> others) {
        Arguments.all(others, "Wired.on", "others", "a value for each input");
        if (others.size() != inputs.size()) {
            throw new IllegalArgumentException("Model '" + name + "' takes " + inputs.size() + " input(s), got "
                    + others.size() + " values; give one for each");
        }
        Map<LayerCall, Node> given = new IdentityHashMap<>();
        for (int input = 0; input < inputs.size(); input++) {
            given.put(inputs.get(input).call(), others.get(input));
        }
        Map<LayerCall, LayerCall> made = new IdentityHashMap<>();
        for (LayerCall call : calls) {
            if (!given.containsKey(call)) {
                made.put(call, call.layer().call(call.arguments().map(node -> moved(node, given, made))));
            }
        }
        return outputs.stream().map(node -> moved(node, given, made)).toList();
    }

    private static Node moved(Node node, Map<LayerCall, Node> given, Map<LayerCall, LayerCall> made) {
        Node input = given.get(node.call());
        return input == null ? made.get(node.call()).output(node.output()) : input;
    }

    /**
     * The same with another layer in the place of one.
     *
     * @param part  the name of a layer
     * @param other takes over its calls
     * @return layers of the same names
     * @throws IllegalArgumentException if there is no such layer, naming those there are
     */
    public Wired with(String part, Layer other) {
        Arguments.required(part, "Wired.with", "part", "the name of a layer");
        Arguments.required(other, "Wired.with", "other", "a layer");
        Layer old = layers.get(part);
        if (old == null) {
            throw new IllegalArgumentException(
                    "Model '" + name + "' has no layer '" + part + "'; there are " + layers.keySet());
        }
        Map<LayerCall, LayerCall> made = new IdentityHashMap<>();
        for (LayerCall call : calls) {
            Layer layer = call.layer() == old ? other : call.layer();
            made.put(call,
                    call.layer() instanceof Input ? call : layer.call(call.arguments().map(node -> moved(node, made))));
        }
        Map<String, Layer> changed = new LinkedHashMap<>(layers);
        changed.put(part, other);
        return new Wired(name, sequential, inputs, outputs.stream().map(node -> moved(node, made)).toList(),
                calls.stream().map(made::get).toList(), changed);
    }

    private static Node moved(Node node, Map<LayerCall, LayerCall> made) {
        return node instanceof Input ? node : made.get(node.call()).output(node.output());
    }

    /** {@return what the model is called} */
    public String name() {
        return name;
    }

    /** {@return whether it is a plain chain} */
    public boolean isSequential() {
        return sequential;
    }

    /** {@return where values enter} */
    public List<Input> inputs() {
        return inputs;
    }

    /** {@return what is computed} */
    public List<Node> outputs() {
        return outputs;
    }

    /** {@return all calls, each after those whose results it reads} */
    public List<LayerCall> calls() {
        return calls;
    }

    /** {@return the layers by name, inputs among them, in Keras's order} */
    public Map<String, Layer> layers() {
        return layers;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Wired that && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + layers.size();
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
