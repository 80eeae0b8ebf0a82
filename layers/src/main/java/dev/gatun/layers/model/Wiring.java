package dev.gatun.layers.model;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.model.CallConfig.Value;
import dev.gatun.layers.type.BuiltInTypes;
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
final class Wiring {

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Map<String, List<Call>> calls = new LinkedHashMap<>();

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

    Map<String, Layer> layers() {
        return layers;
    }

    void add(Map<String, Object> map, UnaryOperator<Layer> change) {
        OptionReader options = new OptionReader("A layer of the model", map);
        String name = options.text("name");
        Layer layer = BuiltInTypes.ALL.layer(options.text("class_name"), name, options.map("config"));
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
            ofLayer.add(new Call(name, index, CallConfig.read(name, layers.get(name), index, list.get(index))));
        }
        calls.put(name, ofLayer);
    }

    /** @throws IllegalArgumentException if a call reads what does not exist, or its own result */
    void connect() {
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

    Node node(Value value) {
        LayerCall call = find(value).made;
        int count = BuiltInTypes.ALL.of(call.layer()).outputs(call.layer()).size();
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
        throw new IllegalArgumentException(
                "Model: inputs: expected the name of an InputLayer, got " + OptionReader.shown(name));
    }

    Map<String, List<LayerCall>> calls() {
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
