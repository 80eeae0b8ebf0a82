package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer that makes one value of several.
 *
 * @param <L> the class itself
 */
public abstract class MergeLayer<L extends MergeLayer<L>> extends ConfiguredLayer<L> {

    /**
     * A layer of these options.
     *
     * @param configuration of the class's option set
     */
    protected MergeLayer(Configuration configuration) {
        super(configuration);
    }

    /**
     * Applies this layer to values.
     *
     * @param first  the first
     * @param second the second
     * @param more   any further ones
     * @return what it makes of them
     */
    public final Node on(Node first, Node second, Node... more) {
        Arguments.required(first, kind() + ".on", "first", "a value of the graph");
        Arguments.required(second, kind() + ".on", "second", "a value of the graph");
        Arguments.all(more, kind() + ".on", "more", "values of the graph");
        List<Node> all = new ArrayList<>(List.of(first, second));
        all.addAll(List.of(more));
        return on(all);
    }

    /**
     * Applies this layer to values.
     *
     * @param values in their order, at least one
     * @return what it makes of them
     * @throws IllegalArgumentException if there is none
     */
    public final Node on(List<? extends Node> values) {
        Arguments.all(values, kind() + ".on", "values", "values of the graph");
        if (values.isEmpty()) {
            throw new IllegalArgumentException(kind() + ".on: give at least one value of the graph");
        }
        return call(CallArguments.of(List.<Node>copyOf(values))).output(0);
    }
}
