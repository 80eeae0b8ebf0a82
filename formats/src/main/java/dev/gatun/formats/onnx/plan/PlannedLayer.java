package dev.gatun.formats.onnx.plan;

import java.util.List;

/**
 * A layer, one for all of its calls.
 *
 * @param wish    for its name
 * @param choice  what it will be
 * @param weights all that it has
 * @param origin  the nodes it comes from
 */
public record PlannedLayer(String wish, LayerChoice choice, List<PlannedWeight> weights, String origin) {

    /** Two are the same only if they are one: their weights are shared. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
