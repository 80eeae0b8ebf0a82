package dev.gatun.formats.keras;

import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.ModelNodes;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The masks of a functional model. Keras writes how they are computed as nodes of their own among the layers
 * ({@code NotEqual}, {@code Any}), and hands their results to calls as {@code mask}. Gatun's graph finds by itself which mask a
 * value carries; so where nothing else reads these nodes they are left out, and what a call was handed is held against what the
 * graph finds. Where that is another one, or the nodes compute something else, they run as operations, and the call is given
 * what they make. A mask that is an input of the model is given to the call as it is.
 */
final class KerasMasks {

    private final Map<String, KerasMask> made = new HashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private final Map<Call, Object> given = new HashMap<>();

    private final List<Call> begun = new ArrayList<>();
    private final Set<Call> ignoring;
    private final Set<String> computed;
    private final Set<String> operations = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Map<String, Object>> masks = new LinkedHashMap<>();

    /**
     * Masks of a model.
     *
     * @param ignoring calls that take no notice of the mask of their data
     * @param computed nodes that have to run, because no value carries the mask that they make
     */
    KerasMasks(Set<Call> ignoring, Set<String> computed) {
        this.ignoring = Set.copyOf(ignoring);
        this.computed = Set.copyOf(computed);
    }

    /** One call of a layer. */
    record Call(String layer, int call) {}

    /** A mask that a call was handed by a node. */
    private record Promise(Call call, String node, KerasMask mask) {}

    /**
     * The layers of a model, without the operations that make masks and nothing else.
     *
     * @param outputs what the model gives, as it stands in the file
     */
    List<Map<String, Object>> withoutArithmetic(List<Map<String, Object>> layers, Object outputs) {
        layers.forEach(layer -> names.add(KerasLayer.nameOf(layer)));
        for (boolean found = true; found;) {
            found = false;
            for (Map<String, Object> layer : layers) {
                String name = KerasLayer.nameOf(layer);
                KerasMask mask = KerasOperations.isOperation(layer) && !made.containsKey(name)
                        ? KerasMask.of(layer, made)
                        : null;
                if (mask != null) {
                    made.put(name, mask);
                    found = true;
                }
            }
        }
        KerasReaders readers = new KerasReaders(layers, made.keySet());
        readers.add(outputs);
        computed.forEach(readers::addNode);
        Set<String> read = readers.read();
        List<Map<String, Object>> kept = layers.stream()
                .filter(layer -> !made.containsKey(KerasLayer.nameOf(layer)) || read.contains(KerasLayer.nameOf(layer)))
                .toList();
        kept.stream().filter(KerasOperations::isOperation).map(KerasLayer::nameOf).forEach(operations::add);
        return kept;
    }

    /** @param value layer, node and tensor that a call is given as its mask */
    void add(String layer, int call, List<?> value) {
        String source = String.valueOf(value.getFirst());
        KerasMask mask = made.get(source);
        if (mask != null && !computed.contains(source)) {
            promises.add(new Promise(new Call(layer, call), source, mask));
        } else {
            given.put(new Call(layer, call), operations.contains(source) ? asMask(source) : value.subList(0, 3));
        }
    }

    /** What an operation makes are numbers; a call is given a mask. */
    private List<?> asMask(String operation) {
        Map<String, Object> mask = masks.computeIfAbsent(operation, none -> {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("class_name", "StepMask");
            layer.put("name", KerasLayer.unused(operation + "_mask", names));
            layer.put("config", new LinkedHashMap<>());
            layer.put("calls", List.of(List.of(List.of(operation, 0L, 0L))));
            return layer;
        });
        return List.of(mask.get("name"), 0L, 0L);
    }

    /** The layers that make masks of what operations make. */
    Collection<Map<String, Object>> layers() {
        return masks.values();
    }

    /** The calls of a layer, with what is said of their masks by its name. */
    List<Object> named(String kind, String layer, List<Object> calls) {
        List<Object> named = new ArrayList<>();
        for (int index = 0; index < calls.size(); index++) {
            List<?> values = (List<?>) calls.get(index);
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
        MaskOrigins origins = new MaskOrigins();
        for (Call call : begun) {
            CallArguments<Node> read = made(nodes, call).arguments();
            LayerCall mask = inner ? origins.origin(read.input()) : origins.maker(read.input());
            if (!read.initialState().isEmpty() && mask != null) {
                calls.add(call);
            }
        }
        return calls;
    }

    private static LayerCall made(ModelNodes nodes, Call call) {
        return nodes.calls().get(call.layer()).get(call.call());
    }

    /** The nodes that make another mask for a call than its input carries by Gatun's rules. */
    Set<String> unlike(ModelNodes nodes) {
        CarriedMask carried = new CarriedMask(nodes);
        Set<String> unlike = new HashSet<>();
        for (Promise promise : promises) {
            if (!carried.isOf(promise.mask(), made(nodes, promise.call()).arguments().input())) {
                unlike.add(promise.node());
            }
        }
        return unlike;
    }
}
