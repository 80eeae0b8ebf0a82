package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;
import java.util.List;

/**
 * Dropout with masks of its own for each gate (Gal and Ghahramani 2016): what the products of a gate read instead of x and h,
 * which the loop keeps up to date, and the masks, one row for each sample, which the caller fills before a run. All lists go by
 * the numbers of the gates in the public weights.
 *
 * @param inputs       x times the mask of a gate [T B, I]; empty if x is read as it is
 * @param inputMasks   [B, I] each; empty with inputs
 * @param states       h times the mask of a gate, rows as those of h
 * @param stateMasks   [B, U] each
 * @param stateProduct place for one gate's part of the gradient of h [B, U]
 * @param inputProduct place for one gate's part of the gradient of x, of a chunk of steps [chunk B, I]; null if nobody asks for it
 */
public record GateDrops(
        List<RowsView> inputs, List<RowsView> inputMasks, List<RowsView> states, List<RowsView> stateMasks,
        RowsView stateProduct, RowsView inputProduct) {

    /** Whether gates read inputs of their own. */
    boolean ofInput() {
        return !inputs.isEmpty();
    }
}
