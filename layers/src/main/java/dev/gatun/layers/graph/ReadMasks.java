package dev.gatun.layers.graph;

import dev.gatun.layers.Layer;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.Map;

/**
 * Which masks calls go by. A layer that makes a mask itself takes no notice of one that a layer before it has made: Keras puts its
 * own in that one's place. What is given with the data it goes by: a step counts if both say so.
 *
 * @param graph without layers that are made of others
 * @param masks that its values carry
 */
public record ReadMasks(Graph graph, Map<Graph.Ref, Graph.Ref> masks) {

    public ReadMasks {
        Arguments.required(graph, "ReadMasks", "graph", "a graph without layers that are made of others");
        Arguments.all(masks, "ReadMasks", "masks", "masks by the values that carry them, an empty map for none");
    }

    /**
     * What a call reads.
     *
     * @param index of its step
     * @return its arguments, which may say that it passes over the mask of its data
     */
    public CallArguments<Graph.Ref> arguments(int index) {
        CallArguments<Graph.Ref> read = graph.steps().get(index).arguments();
        boolean isReplaced = rule(index) == MaskRule.PRODUCE && read.mask() == null && masks.containsKey(read.input())
                && !isGiven(masks.get(read.input()));
        return isReplaced ? new CallArguments<>(read.inputs(), read.initialState(), null, true) : read;
    }

    private MaskRule rule(int index) {
        Layer layer = graph.layerOf(graph.steps().get(index)).layer();
        return BuiltInTypes.ALL.of(layer).masks(layer);
    }

    /** An input, or made of inputs alone. */
    private boolean isGiven(Graph.Ref mask) {
        if (graph.inputs().contains(mask.step())) {
            return true;
        }
        MaskRule rule = rule(mask.step());
        return (rule == MaskRule.COMBINE || rule == MaskRule.COMBINE_ALL)
                && graph.steps().get(mask.step()).arguments().inputs().stream().filter(masks::containsKey)
                        .allMatch(read -> isGiven(masks.get(read)));
    }
}
