package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;
import java.util.ArrayList;
import java.util.List;

/**
 * What flows into and out of a recurrent layer's backward pass; all rows in the workspace segment.
 *
 * @param dSequence     gradient of h at every step [T B, U], or null
 * @param dStates       gradients of the states, running, each [B, U]: on entry those of the last step's (for h, besides
 *                      dSequence), on return those of the initial ones
 * @param scratchState  place of the cell's own for one step [B, U]; in a cell of two stages for the gradient of what the second
 *                      one reads; of a cell that needs more ({@link CellKernel#scratchRows}) so many places one behind the other, each
 *                      for the largest B
 * @param dz            gradients of some steps' pre-activations in whole rows [{@link #chunk} B, GU packed], which products read
 * @param chunk         steps dz holds
 * @param dx            gradient of the input [T B, I], or null if nobody asks
 * @param addToDx       whether dx already holds a gradient to add to
 * @param kernelPack    place for the transposed kernel, or null with dx
 * @param recurrentPack place for the transposed recurrent kernel
 * @param rowSums       a row for each of the batch of what the cell sums up ({@link CellKernel#rowSums}), or null
 * @param scratch       one {@code WeightGradient} scratch row per team member
 */
public record RecurrentGradients(
        RowsView dSequence, List<RowsView> dStates, RowsView scratchState, RowsView dz, int chunk, RowsView dx,
        boolean addToDx,
        RowsView kernelPack, RowsView recurrentPack, RowsView rowSums, RowsView scratch) {

    /** The same with another place for the running gradient of h. */
    public RecurrentGradients withDh(RowsView other) {
        List<RowsView> all = new ArrayList<>(dStates);
        all.set(0, other);
        return new RecurrentGradients(dSequence, List.copyOf(all), scratchState, dz, chunk, dx, addToDx, kernelPack,
                recurrentPack, rowSums, scratch);
    }

    /** The running gradient of h. */
    public RowsView dh() {
        return dStates.getFirst();
    }
}
