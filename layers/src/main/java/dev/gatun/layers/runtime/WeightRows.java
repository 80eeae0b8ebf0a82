package dev.gatun.layers.runtime;

import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.memory.ParameterBlock;

/** A weight that gradients reach by rows, as that of an Embedding, whose rows are the ids that occur. */
final class WeightRows {

    private final ParameterBlock.Entry entry;
    private final Strips strips;
    private final RowSet reached;
    private long changes;

    WeightRows(ParameterBlock.Entry entry, Strips strips) {
        this.entry = entry;
        this.strips = strips;
        this.reached = new RowSet(strips.depth());
    }

    ParameterBlock.Entry entry() {
        return entry;
    }

    Strips strips() {
        return strips;
    }

    /** The rows whose gradient may be other than zero. */
    RowSet reached() {
        return reached;
    }

    /** Somebody has set the weight as a whole. */
    void changed() {
        changes++;
    }

    /** How often that was. */
    long changes() {
        return changes;
    }
}
