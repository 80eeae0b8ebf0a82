package dev.gatun.formats.keras;

import dev.gatun.layers.Input;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The masks of a functional model. Keras writes how they are computed as nodes of their own among the layers
 * ({@code NotEqual}, {@code Any}), and hands their results to calls as {@code mask}. Gatun's graph finds by itself which mask a
 * value carries; so these nodes are left out, and what a call was handed is held against what the graph finds. A mask that is an
 * input of the model is given to the call as it is.
 */
final class KerasMasks {

    private static final String OPERATIONS = "keras.src.ops";

    private final Map<String, KerasMask> made = new HashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private final Map<Call, Object> given = new HashMap<>();

    private final List<Call> begun = new ArrayList<>();
    private final Set<Call> ignoring;

    /** @param ignoring calls that take no notice of the mask of their data */
    KerasMasks(Set<Call> ignoring) {
        this.ignoring = Set.copyOf(ignoring);
    }

    /** One call of a layer. */
    record Call(String layer, int call) {}

    /** A mask that a call was handed. */
    private record Promise(Call call, KerasMask mask) {}

    /** Whether what stands among the layers is an operation; some have the class name of a layer. */
    static boolean isOperation(Map<String, Object> layer) {
        return String.valueOf(layer.get("module")).startsWith(OPERATIONS);
    }

    /** The layers of a model, without the operations that make masks. */
    List<Map<String, Object>> withoutArithmetic(List<Map<String, Object>> layers) {
        for (boolean found = true; found;) {
            found = false;
            for (Map<String, Object> layer : layers) {
                String name = KerasLayer.nameOf(layer);
                KerasMask mask = isOperation(layer) && !made.containsKey(name) ? KerasMask.of(layer, made) : null;
                if (mask != null) {
                    made.put(name, mask);
                    found = true;
                }
            }
        }
        return layers.stream().filter(layer -> !made.containsKey(KerasLayer.nameOf(layer))).toList();
    }

    /** @param value layer, node and tensor that a call is given as its mask */
    void add(String layer, int call, List<?> value) {
        KerasMask mask = made.get(String.valueOf(value.getFirst()));
        if (mask != null) {
            promises.add(new Promise(new Call(layer, call), mask));
        } else {
            given.put(new Call(layer, call), value.subList(0, 3));
        }
    }

    /** The calls of a layer, with what is said of their masks by its name. */
    List<Object> named(String kind, String layer, List<Object> calls) {
        List<Object> named = new ArrayList<>();
        for (int index = 0; index < calls.size(); index++) {
            List<?> values = (List<?>) calls.get(index);
            values.forEach(value -> requireLayer("Layer '" + layer + "' reads", value));
            Call call = new Call(layer, index);
            if (values.size() > 1 && !given.containsKey(call) && !isPromised(call)) {
                begun.add(call);
            }
            named.add(given.containsKey(call) || ignoring.contains(call) ? byName(kind, call, values) : values);
        }
        return named;
    }

    private boolean isPromised(Call call) {
        return promises.stream().anyMatch(promise -> promise.call().equals(call));
    }

    private Map<String, Object> byName(String kind, Call call, List<?> values) {
        CallArguments<?> read = BuiltInTypes.ALL.named(kind).arguments(values);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("inputs", read.inputs());
        if (!read.initialState().isEmpty()) {
            map.put("initial_state", read.initialState());
        }
        if (given.containsKey(call)) {
            map.put("mask", given.get(call));
        } else {
            map.put("ignores_mask", true);
        }
        return map;
    }

    /** @throws IllegalArgumentException if a value is the result of an operation */
    void requireLayer(String who, Object value) {
        Object source = value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : null;
        if (source instanceof String name && made.containsKey(name)) {
            throw new IllegalArgumentException(who + " the operation '" + name
                    + "', which makes a mask; Gatun takes it as the mask of a call and nowhere else");
        }
    }

    /** Whether no call has a mask, or anything besides its data; then there is nothing to look at in the wired model. */
    boolean isSilent() {
        return promises.isEmpty() && begun.isEmpty();
    }

    /**
     * Calls with a state to begin at whose data carry a mask that they were not handed: Keras 3 hands the mask on by itself only
     * to a call of one tensor, and such a call goes through all steps.
     *
     * @param inner whether the model is a layer, whose inputs carry the masks of what it is called with
     */
    Set<Call> ignoring(ModelNodes nodes, boolean inner) {
        Set<Call> calls = new HashSet<>();
        for (Call call : begun) {
            CallArguments<Node> read = made(nodes, call).arguments();
            LayerCall mask = inner ? origin(read.input()) : maker(read.input());
            if (!read.initialState().isEmpty() && mask != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static LayerCall made(ModelNodes nodes, Call call) {
        return nodes.calls().get(call.layer()).get(call.call());
    }

    /** @throws IllegalArgumentException if a call was handed another mask than its input carries by Gatun's rules */
    void requireFound(ModelNodes nodes) {
        for (Promise promise : promises) {
            LayerCall maker = maker(made(nodes, promise.call()).arguments().input());
            if (maker == null || !promise.mask().isOf(maker, nodes)) {
                throw new IllegalArgumentException("Layer '" + promise.call().layer() + "' is called with a mask of "
                        + promise.mask() + ", which " + (maker == null
                                ? "no layer before it makes"
                                : "is another one than its input carries")
                        + "; let a Masking or an Embedding with mask_zero make it, or give it as an input of the model");
            }
        }
    }

    /** The call that makes the mask a value carries, as {@link dev.gatun.layers.graph.Graph#masks} has it; null for none. */
    private static LayerCall maker(Node value) {
        LayerCall origin = origin(value);
        return origin != null && isData(origin) ? null : origin;
    }

    /** Where the mask of a value comes from: a call that makes it, or an input, of which only the caller knows; null for none. */
    private static LayerCall origin(Node value) {
        LayerCall call = value.call();
        LayerCall from = from(call);
        while (from != call) {
            call = from;
            from = call == null ? null : from(call);
        }
        return call;
    }

    /** The call whose mask is that of a call's result: itself where the way ends; null if there is no mask. */
    private static LayerCall from(LayerCall call) {
        if (call.layer() instanceof Input) {
            return call;
        }
        Node named = call.arguments().mask();
        return switch (BuiltInTypes.ALL.of(call.layer()).masks(call.layer())) {
            case PRODUCE, COMBINE -> call;
            case REFUSE, DROP -> null;
            case PASS, CONSUME -> (named == null ? call.arguments().input() : named).call();
        };
    }

    private static boolean isData(LayerCall call) {
        return call.layer() instanceof Input input && input.type() != ValueType.MASK;
    }
}
