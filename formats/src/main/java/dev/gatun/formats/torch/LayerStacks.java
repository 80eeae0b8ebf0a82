package dev.gatun.formats.torch;

import dev.gatun.layers.graph.Graph;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layers that are one module in PyTorch: recurrent ones named {@code rnn_l0}, {@code rnn_l1}, ... with the same options, each
 * reading what the one before it makes.
 */
final class LayerStacks {

    private static final Pattern PART = Pattern.compile("(.+)_l(\\d{1,6})");
    private static final Set<String> KINDS = Set.of("LSTM", "GRU", "SimpleRNN", "Bidirectional");

    private final Map<String, String> modules = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private LayerStacks() {}

    static LayerStacks of(Graph graph) {
        Map<String, Map<Integer, Graph.NamedLayer>> byName = new LinkedHashMap<>();
        for (Graph.NamedLayer layer : graph.layers()) {
            Matcher part = PART.matcher(layer.name());
            if (part.matches() && KINDS.contains(layer.layer().kind())) {
                byName.computeIfAbsent(part.group(1), name -> new TreeMap<>())
                        .put(Integer.parseInt(part.group(2)), layer);
            }
        }
        LayerStacks stacks = new LayerStacks();
        byName.forEach((name, parts) -> {
            boolean isFree = graph.layers().stream().noneMatch(layer -> layer.name().equals(name));
            if (isFree && parts.size() > 1 && isStack(graph, parts)) {
                parts.forEach((number, layer) -> {
                    stacks.modules.put(layer.name(), name);
                    stacks.numbers.put(layer.name(), number);
                });
            }
        });
        return stacks;
    }

    private static boolean isStack(Graph graph, Map<Integer, Graph.NamedLayer> parts) {
        int next = 0;
        Graph.NamedLayer before = null;
        for (Map.Entry<Integer, Graph.NamedLayer> part : parts.entrySet()) {
            Graph.NamedLayer layer = part.getValue();
            if (part.getKey() != next++ || before != null && !(isAlike(before, layer) && reads(graph, layer, before))) {
                return false;
            }
            before = layer;
        }
        return true;
    }

    private static boolean isAlike(Graph.NamedLayer one, Graph.NamedLayer other) {
        return one.layer().kind().equals(other.layer().kind())
                && shared(one.layer().config()).equals(shared(other.layer().config()));
    }

    /** What all layers of a module have in common; whether the last returns its steps is no matter of weights. */
    private static Map<String, Object> shared(Map<String, Object> config) {
        Map<String, Object> shared = new HashMap<>();
        for (String option : new String[] {"units", "use_bias", "projection", "activation", "merge_mode"}) {
            shared.put(option, config.get(option));
        }
        if (config.get("layer") instanceof Map<?, ?> inner && inner.get("config") instanceof Map<?, ?> own) {
            Map<String, Object> copy = new HashMap<>();
            own.forEach((key, value) -> copy.put(String.valueOf(key), value));
            shared.put("class", inner.get("class_name"));
            shared.put("layer", shared(copy));
        }
        return shared;
    }

    private static boolean reads(Graph graph, Graph.NamedLayer layer, Graph.NamedLayer before) {
        return graph.steps().stream()
                .filter(step -> graph.layerOf(step) == layer)
                .allMatch(step -> step.arguments().all().size() == 1
                        && graph.layerOf(graph.steps().get(step.arguments().input().step())) == before);
    }

    /** The module that holds a layer. */
    String module(String layer) {
        return modules.getOrDefault(layer, layer);
    }

    /** The end of the names of a recurrent layer's parameters. */
    String ending(String layer) {
        return "_l" + numbers.getOrDefault(layer, 0);
    }

    /** Whether it is the first of its module. */
    boolean isFirst(String layer) {
        return numbers.getOrDefault(layer, 0) == 0;
    }

    /** Whether another of its module stands behind it. */
    boolean isFollowed(String layer) {
        return modules.containsKey(layer) && numbers.entrySet().stream()
                .anyMatch(
                        other -> module(other.getKey()).equals(module(layer)) && other.getValue() > numbers.get(layer));
    }
}
