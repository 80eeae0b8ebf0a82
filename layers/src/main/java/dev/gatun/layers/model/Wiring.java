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
import java.util.HashMap;
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
    private final Map<String, LayerCall[]> made = new LinkedHashMap<>();
    private final List<Call> calls = new ArrayList<>();

    /** A call that is made as soon as all it reads is there. */
    private static final class Call {

        private final String layer;
        private final int index;
        private final CallArguments<Value> arguments;
        private int missing;

        Call(String layer, int index, CallArguments<Value> arguments) {
            this.layer = layer;
            this.index = index;
            this.arguments = arguments;
        }
    }

    /** Which call of which layer. */
    private record Place(String layer, int call) {}

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
            made.put(name, new LayerCall[] {input.call()});
        } else {
            addCalls(name, options.list("calls"));
        }
        options.requireNothingLeft();
    }

    private void addCalls(String name, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("Layer '" + name + "' is never called; leave it out");
        }
        for (int index = 0; index < list.size(); index++) {
            calls.add(new Call(name, index, CallConfig.read(name, layers.get(name), index, list.get(index))));
        }
        made.put(name, new LayerCall[list.size()]);
    }

    /** @throws IllegalArgumentException if a call reads what does not exist, or its own result */
    void connect() {
        Map<Place, List<Call>> readers = new HashMap<>();
        Deque<Call> ready = new ArrayDeque<>();
        for (Call call : calls) {
            for (Value value : call.arguments.all()) {
                if (find(value) == null) {
                    call.missing++;
                    readers.computeIfAbsent(new Place(value.layer(), value.call()), place -> new ArrayList<>())
                            .add(call);
                }
            }
            if (call.missing == 0) {
                ready.add(call);
            }
        }
        while (!ready.isEmpty()) {
            Call call = ready.remove();
            made.get(call.layer)[call.index] = layers.get(call.layer).call(call.arguments.map(this::node));
            for (Call reader : readers.getOrDefault(new Place(call.layer, call.index), List.of())) {
                if (--reader.missing == 0) {
                    ready.add(reader);
                }
            }
        }
        for (Call call : calls) {
            if (call.missing > 0) {
                throw new IllegalArgumentException("The graph has a cycle through layer '" + call.layer
                        + "': its call " + call.index + " needs its own result");
            }
        }
    }

    /** The call a value comes from, or null if it is not made yet. */
    private LayerCall find(Value value) {
        LayerCall[] all = made.get(value.layer());
        if (all == null || value.call() < 0 || value.call() >= all.length) {
            throw new IllegalArgumentException("The graph uses " + value + ", which does not exist");
        }
        return all[value.call()];
    }

    Node node(Value value) {
        LayerCall call = find(value);
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
        made.forEach((name, all) -> lists.put(name, List.of(all)));
        return lists;
    }
}
