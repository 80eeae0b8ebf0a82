package dev.gatun.layers.wire;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls behind some values, in an order in which they can run, and their layers in Keras's order: deepest first, then in
 * order of discovery.
 */
public final class Discovery {

    private final List<LayerCall> calls = new ArrayList<>();
    private final Map<LayerCall, Integer> stepOf = new IdentityHashMap<>();
    private final Map<Layer, Integer> layers = new IdentityHashMap<>();

    /** A call whose inputs are being discovered, and which of them comes next. */
    private static final class Visit {
        private final LayerCall call;
        private int next;

        Visit(LayerCall call) {
            this.call = call;
        }
    }

    /** Nothing is found yet. */
    public Discovery() {}

    /**
     * Finds the calls behind a value. Depth first, as a recursion would go, but on a stack of its own: a graph may be deeper than
     * a thread's.
     *
     * @param output any value
     * @throws IllegalArgumentException if its calls need their own results
     */
    public void add(Node output) {
        Map<LayerCall, Visit> open = new IdentityHashMap<>();
        Deque<Visit> path = new ArrayDeque<>();
        begin(output.call(), open, path);
        while (!path.isEmpty()) {
            Visit visit = path.peek();
            if (visit.next < visit.call.arguments().all().size()) {
                LayerCall input = visit.call.arguments().all().get(visit.next++).call();
                if (open.containsKey(input)) {
                    throw new IllegalArgumentException(
                            "The graph has a cycle through a layer " + visit.call.layer().kind());
                }
                begin(input, open, path);
            } else {
                path.pop();
                open.remove(visit.call);
                stepOf.put(visit.call, calls.size());
                calls.add(visit.call);
            }
        }
    }

    private void begin(LayerCall call, Map<LayerCall, Visit> open, Deque<Visit> path) {
        if (!stepOf.containsKey(call)) {
            Visit visit = new Visit(call);
            open.put(call, visit);
            path.push(visit);
            layers.putIfAbsent(call.layer(), layers.size());
        }
    }

    /**
     * Holds the inputs a model declares against those that its outputs need.
     *
     * @param name   of the model, for messages
     * @param inputs as declared
     * @throws IllegalArgumentException if one is none, leads to no output, is missing or listed twice
     */
    public void requireInputs(String name, List<? extends Node> inputs) {
        Set<LayerCall> declared = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node input : inputs) {
            if (!(input instanceof Input)) {
                throw new IllegalArgumentException(
                        "Model '" + name + "': an input must be an Input, got the output of a layer "
                                + input.call().layer().kind());
            }
            if (!stepOf.containsKey(input.call())) {
                throw new IllegalArgumentException("Model '" + name + "': input of shape " + ((Input) input).shape()
                        + " leads to no output; connect it or leave it out");
            }
            if (!declared.add(input.call())) {
                throw new IllegalArgumentException("Model '" + name + "': input of shape " + ((Input) input).shape()
                        + " is listed twice; list it once, it may be read as often as you like");
            }
        }
        for (LayerCall call : calls) {
            if (call.layer() instanceof Input input && !declared.contains(call)) {
                throw new IllegalArgumentException(
                        "Model '" + name + "': its outputs need an Input of shape " + input.shape()
                                + " that is not among the model's inputs; list it too");
            }
        }
    }

    /** {@return the calls that were found, each after those whose results it reads} */
    public List<LayerCall> calls() {
        return calls;
    }

    /**
     * Where a call stands.
     *
     * @param call that was found
     * @return its index in {@link #calls}
     */
    public int stepOf(LayerCall call) {
        return stepOf.get(call);
    }

    /**
     * Whether a layer was found.
     *
     * @param layer any, by identity
     * @return true if a call of it is among {@link #calls}
     */
    public boolean found(Layer layer) {
        return layers.containsKey(layer);
    }

    /** {@return layers by decreasing distance from the outputs, equal ones in order of discovery} */
    public List<Layer> layerOrder() {
        int[] depth = new int[calls.size()];
        Map<Layer, Integer> layerDepth = new IdentityHashMap<>();
        for (int step = calls.size() - 1; step >= 0; step--) {
            LayerCall call = calls.get(step);
            int own = Math.max(depth[step], layerDepth.getOrDefault(call.layer(), 0));
            layerDepth.put(call.layer(), own);
            for (Node input : call.arguments().all()) {
                int at = stepOf.get(input.call());
                depth[at] = Math.max(depth[at], own + 1);
            }
        }
        List<Layer> order = new ArrayList<>(layerDepth.keySet());
        order.sort((left, right) -> {
            int nearer = Integer.compare(layerDepth.get(right), layerDepth.get(left));
            return nearer != 0 ? nearer : Integer.compare(layers.get(left), layers.get(right));
        });
        return order;
    }
}
