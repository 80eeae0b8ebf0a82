package dev.gatun.layers.graph;

import dev.gatun.layers.Layer;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.value.ValueType;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which mask each value of a graph carries, by the rules that the layers declare. A mask that a layer makes is one more output
 * of its call, behind those that a user sees.
 */
final class MaskInference {

    private final Graph graph;
    private final Map<Graph.Ref, Graph.Ref> masks = new HashMap<>();

    private MaskInference(Graph graph) {
        this.graph = graph;
    }

    /**
     * For each value the mask it carries; no entry if all its steps count.
     *
     * @throws IllegalArgumentException if a layer refuses a mask, or is given one that does not fit
     */
    static Map<Graph.Ref, Graph.Ref> of(Graph graph) {
        MaskInference inference = new MaskInference(graph);
        for (int index : graph.inputs()) {
            // Of a mask that is given with the data the call of the input itself says so.
            if (graph.steps().get(index).arguments().mask() != null) {
                inference.masks.put(new Graph.Ref(index, 0), graph.steps().get(index).arguments().mask());
            }
        }
        for (int index = 0; index < graph.steps().size(); index++) {
            if (!graph.inputs().contains(index)) {
                inference.infer(index);
            }
        }
        return inference.masks;
    }

    private void infer(int index) {
        Graph.Step step = graph.steps().get(index);
        Graph.NamedLayer named = graph.layerOf(step);
        Graph.Ref mask = step.arguments().mask();
        if (mask == null) {
            mask = masks.get(step.arguments().input());
        } else {
            requireFits(named, step, mask);
        }
        Layer layer = named.layer();
        MaskRule rule = BuiltInTypes.ALL.of(layer).masks(layer);
        Graph.Ref made = new Graph.Ref(index, step.outputShapes().size());
        switch (rule) {
            case PASS, CONSUME -> carry(index, step, mask);
            case PRODUCE -> carry(index, step, made);
            case COMBINE -> carry(index, step, masked(named, step) > 0 ? made : null);
            case COMBINE_ALL ->
                carry(index, step, masked(named, step) == step.arguments().inputs().size() ? made : null);
            case DROP -> {
            }
            case REFUSE -> refuse(named, step.arguments().ignoresMask() ? null : mask);
        }
    }

    /** Only what still has steps carries a mask. */
    private void carry(int index, Graph.Step step, Graph.Ref mask) {
        Layer layer = graph.layerOf(step).layer();
        for (int output = 0; mask != null && output < step.outputShapes().size(); output++) {
            Graph.Ref made = new Graph.Ref(index, output);
            if (hasSteps(made) && BuiltInTypes.ALL.of(layer).carriesMask(layer, output)) {
                masks.put(made, mask);
            }
        }
    }

    /** Whole numbers have no axis of features. */
    private boolean hasSteps(Graph.Ref ref) {
        return graph.shape(ref).rank() > (graph.type(ref) == ValueType.INT32 ? 1 : 2);
    }

    /** How many of the data carry a mask. */
    private long masked(Graph.NamedLayer named, Graph.Step step) {
        if (step.arguments().mask() != null) {
            throw new IllegalArgumentException(named.layer().kind() + " '" + named.name()
                    + "' makes its mask of those that its inputs carry, and is given one by name; give that to the call "
                    + "which makes an input");
        }
        return step.arguments().inputs().stream().filter(masks::containsKey).count();
    }

    private static void refuse(Graph.NamedLayer named, Graph.Ref mask) {
        if (mask != null) {
            throw new IllegalArgumentException(named.layer().kind() + " '" + named.name()
                    + "' cannot leave steps out, but its input has a mask; use a layer before it that ends the mask, for "
                    + "example an LSTM that returns its last step");
        }
    }

    private void requireFits(Graph.NamedLayer named, Graph.Step step, Graph.Ref mask) {
        String who = named.layer().kind() + " '" + named.name() + "': ";
        boolean isMask = graph.type(mask) == ValueType.MASK;
        if (!isMask) {
            throw new IllegalArgumentException(who
                    + "its mask must say for each step whether it counts, got numbers of "
                    + "layer '" + graph.layerOf(graph.steps().get(mask.step())).name() + "'; give an Input.mask(time)");
        }
        requireSteps(named, graph.shape(mask), graph.shape(step.arguments().input()));
    }

    /**
     * The check of the sizes, declared or given.
     *
     * @throws ShapeException if a mask has not one number for each step of the sequence
     */
    static void requireSteps(Graph.NamedLayer named, Shape steps, Shape sequence) {
        String who = named.layer().kind() + " '" + named.name() + "': ";
        if (sequence.rank() < 3) {
            throw new ShapeException(who + "a mask leaves out steps of a sequence [batch, time, features], got shape "
                    + sequence + "; give it to a layer that reads a sequence");
        }
        for (int axis = 0; axis < 2; axis++) {
            boolean known = steps.rank() == 2 && steps.dim(axis) != Shape.UNKNOWN
                    && sequence.dim(axis) != Shape.UNKNOWN;
            if (steps.rank() != 2 || known && steps.dim(axis) != sequence.dim(axis)) {
                throw new ShapeException(who + "its mask has shape " + steps + ", its sequence " + sequence
                        + "; a mask is [batch, time] of the same sizes");
            }
        }
    }
}
