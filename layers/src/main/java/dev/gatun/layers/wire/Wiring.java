package dev.gatun.layers.wire;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.Node;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.wire.CallConfig.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The layers of a configuration by name, and their calls, in whatever order they stand there. Each value is looked at once
 * for each call that reads it: neither long chains nor configurations in the worst order cost stack or time.
 */
public final class Wiring {

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, List<Call>> calls = new LinkedHashMap<>();
    private final LayerTypes types;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> outputs = new ArrayList<>();
    private String name;
    private boolean sequential;

    private Wiring(LayerTypes types) {
        this.types = types;
    }

    /**
     * Wires what a plain map says.
     *
     * @param map    name, sequential, layers, inputs, outputs
     * @param types  of the layers
     * @param change every layer but inputs is replaced by what this makes of it, before it is wired
     * @return layers and nodes
     * @throws IllegalArgumentException naming the layer, and what of it is missing, unknown or not supported
     */
    public static Wiring read(Map<String, Object> map, LayerTypes types, UnaryOperator<Layer> change) {
        OptionReader options = new OptionReader("Model", map);
        Wiring wiring = new Wiring(types);
        for (Object layer : options.list("layers")) {
            wiring.add(OptionReader.asMap(layer, "Model: layers"), change);
        }
        wiring.connect();
        for (Object input : options.list("inputs")) {
            wiring.inputs.add(wiring.input(input));
        }
        for (Object value : options.list("outputs")) {
            wiring.outputs.add(wiring.node(CallConfig.Value.of("Model: outputs", value)));
        }
        wiring.name = options.text("name");
        wiring.sequential = options.flag("sequential", false);
        options.requireNothingLeft();
        return wiring;
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

    /** A call that is made as soon as all it reads is there. */
    private static final class Call {

        private final String layer;
        private final int index;
        private final CallArguments<Value> arguments;
        private final List<Call> readers = new ArrayList<>();
        private int missing;
        private LayerCall made;

        Call(String layer, int index, CallArguments<Value> arguments) {
            this.layer = layer;
            this.index = index;
            this.arguments = arguments;
        }
    }

    /** {@return the layers by name, in the order of the map} */
    public Map<String, Layer> layers() {
        return layers;
    }

    private void add(Map<String, Object> map, UnaryOperator<Layer> change) {
        OptionReader options = new OptionReader("A layer of the model", map);
        String name = options.text("name");
        Layer layer = types.layer(options.text("class_name"), name, options.map("config"));
        if (layers.containsKey(name)) {
            throw new IllegalArgumentException("Two layers are named '" + name + "'; names in a model must differ");
        }
        layers.put(name, layer instanceof Input ? layer : change.apply(layer));
        if (layer instanceof Input input) {
            Call entry = new Call(name, 0, CallArguments.of(List.of()));
            entry.made = input.call();
            calls.put(name, List.of(entry));
        } else {
            addCalls(name, options.list("calls"));
        }
        options.requireNothingLeft();
    }

    private void addCalls(String name, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Layer '" + name + "' is never called; leave it out");
        }
        List<Call> ofLayer = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            ofLayer.add(new Call(name, index, CallConfig.read(name, layers.get(name), index, list.get(index), types)));
        }
        calls.put(name, ofLayer);
    }

    /** @throws IllegalArgumentException if a call reads what does not exist, or its own result */
    private void connect() {
        Deque<Call> ready = new ArrayDeque<>();
        for (Call call : unmade()) {
            for (Value value : call.arguments.all()) {
                Call source = find(value);
                if (source.made == null) {
                    call.missing++;
                    source.readers.add(call);
                }
            }
            if (call.missing == 0) {
                ready.add(call);
            }
        }
        while (!ready.isEmpty()) {
            Call call = ready.remove();
            call.made = layers.get(call.layer).call(call.arguments.map(this::node));
            for (Call reader : call.readers) {
                if (--reader.missing == 0) {
                    ready.add(reader);
                }
            }
        }
        List<Call> waiting = unmade();
        if (!waiting.isEmpty()) {
            Call first = waiting.getFirst();
            throw new IllegalArgumentException("The graph has a cycle through layer '" + first.layer
                    + "': its call " + first.index + " needs its own result");
        }
    }

    private List<Call> unmade() {
        List<Call> unmade = new ArrayList<>();
        for (List<Call> ofLayer : calls.values()) {
            for (Call call : ofLayer) {
                if (call.made == null) {
                    unmade.add(call);
                }
            }
        }
        return unmade;
    }

    /** The call a value comes from, made or not. */
    private Call find(Value value) {
        List<Call> ofLayer = calls.get(value.layer());
        if (ofLayer == null || value.call() < 0 || value.call() >= ofLayer.size()) {
            throw new IllegalArgumentException("The graph uses " + value + ", which does not exist");
        }
        return ofLayer.get(value.call());
    }

    private Node node(Value value) {
        LayerCall call = find(value).made;
        int count = types.of(call.layer()).outputs(call.layer()).size();
        if (value.output() < 0 || value.output() >= count) {
            throw new IllegalArgumentException("The graph uses " + value + ", which has " + count
                    + (count == 1 ? " output" : " outputs"));
        }
        return call.output(value.output());
    }

    private Input input(Object name) {
        if (name instanceof String && layers.get(name) instanceof Input input) {
            return input;
        }
        throw new IllegalArgumentException(
                "Model: inputs: expected the name of an InputLayer, got " + OptionReader.shown(name));
    }

    /** {@return the calls of each layer, by its name, in order} */
    public Map<String, List<LayerCall>> calls() {
        Map<String, List<LayerCall>> lists = new LinkedHashMap<>();
        for (Map.Entry<String, List<Call>> ofLayer : calls.entrySet()) {
            List<LayerCall> made = new ArrayList<>();
            for (Call call : ofLayer.getValue()) {
                made.add(call.made);
            }
            lists.put(ofLayer.getKey(), made);
        }
        return lists;
    }
}
