package dev.gatun.layers.cell;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * Where the rows of a cell lie; a {@link CellStep} says which of them are one step's. Rows are padded to 16 floats; what gets into
 * a weight's gradient needs zeros there.
 *
 * @param plan      the segments of the plan: weights, gradients, whatever the cell asked for
 * @param x         the input, rows {@link CellStep#x()}
 * @param states    before a step at rows {@link CellStep#before()}, after it at {@link CellStep#after()}
 * @param output    what a step returns, rows {@link CellStep#output()}
 * @param kept      the places the cell asked for, rows {@link CellStep#kept()}
 * @param gradients those of all of these; null in plans that only go forward
 */
public record CellMemory(
        Operation.Memory plan, RowsView x, List<RowsView> states, RowsView output, List<RowsView> kept,
        Gradients gradients) {

    /**
     * Keeps copies of the lists.
     *
     * @throws NullPointerException naming what is missing
     */
    public CellMemory {
        Arguments.required(plan, "CellMemory", "plan", "the segments of the plan");
        Arguments.required(x, "CellMemory", "x", "the rows of the input");
        states = Arguments.copy(states, "CellMemory", "states", "the rows of each state");
        Arguments.required(output, "CellMemory", "output", "the rows of the output");
        kept = Arguments.copy(kept, "CellMemory", "kept", "the places of the cell, none is fine");
    }

    /**
     * Where the gradients lie.
     *
     * @param x      of the input, rows {@link CellStep#x()}, to be written; null if nobody asks for it
     * @param states of the states, to be read at rows {@link CellStep#gradientAfter()}, to be written at
     *               {@link CellStep#gradientBefore()}
     * @param output of what the step returned, to be read at rows {@link CellStep#gradientOutput()}
     */
    public record Gradients(RowsView x, List<RowsView> states, RowsView output) {

        /**
         * Keeps a copy of the list.
         *
         * @throws NullPointerException naming what is missing
         */
        public Gradients {
            states = Arguments.copy(states, "CellMemory.Gradients", "states", "the rows of each state");
            Arguments.required(output, "CellMemory.Gradients", "output", "the rows of the output");
        }
    }
}
