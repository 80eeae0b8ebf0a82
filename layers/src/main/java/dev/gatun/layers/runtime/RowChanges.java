package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.memory.ParameterBlock;
import java.util.List;

/**
 * Of weights that gradients reach by rows, the rows that a training may have changed since it began. As long as none of its steps
 * has reached a row, the row, its gradient and its moments are what they were.
 */
public final class RowChanges {

    /** Of weights that gradients reach as a whole. */
    public static final RowChanges NONE = new RowChanges(List.of());

    private final List<WeightRows> weights;
    private final RowSet[] changed;
    private final long[] seen;

    RowChanges(List<WeightRows> weights) {
        this.weights = weights;
        this.changed = new RowSet[weights.size()];
        this.seen = new long[weights.size()];
        for (int i = 0; i < changed.length; i++) {
            changed[i] = new RowSet(weights.get(i).reached().size());
            seen[i] = weights.get(i).changes();
        }
    }

    /** The number of a weight among these, or -1 if its place is not among them. */
    int indexOf(ParameterBlock.Entry entry) {
        for (int i = 0; i < weights.size(); i++) {
            if (weights.get(i).entry().equals(entry)) {
                return i;
            }
        }
        return -1;
    }

    WeightRows weight(int index) {
        return weights.get(index);
    }

    /** Rows that may have changed; all of them once somebody has set the weight. */
    RowSet changed(int index) {
        if (seen[index] != weights.get(index).changes()) {
            changed[index].fill();
        }
        return changed[index];
    }

    /** A step changes the rows that have gradients. */
    public void addReached() {
        for (int i = 0; i < changed.length; i++) {
            changed[i].addAll(weights.get(i).reached());
        }
    }

    /** A step changes all rows. */
    public void addAll() {
        for (RowSet each : changed) {
            each.fill();
        }
    }

    /** The gradients have been cleared. */
    public void forgetReached() {
        for (int i = 0; i < changed.length; i++) {
            weights.get(i).reached().clear();
        }
    }

    /**
     * Adds the rows in which a block has other numbers than it began with: steps that were made earlier have reached them.
     *
     * @param moments a twin of the parameters
     * @param start   what it began with
     */
    public void addMoved(ParameterBlock moments, float start) {
        for (int i = 0; i < changed.length; i++) {
            for (int row = 0; row < changed[i].size(); row++) {
                if (isMoved(weights.get(i), row, moments, start)) {
                    changed[i].add(row);
                }
            }
        }
    }

    private static boolean isMoved(WeightRows weight, int row, ParameterBlock moments, float start) {
        for (int strip = 0; strip < weight.strips().count(); strip++) {
            long at = weight.entry().baseBytes() + weight.strips().at(strip) + row * Strips.ROW_BYTES;
            for (long end = at + Strips.ROW_BYTES; at < end; at += Float.BYTES) {
                if (moments.segment().get(JAVA_FLOAT, at) != start) {
                    return true;
                }
            }
        }
        return false;
    }
}
