package dev.gatun.layers.runtime;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A mask that was given with the data of an input. What stands under it becomes zero before anything reads it, so that it is of
 * no matter to any layer: the gradient of a weight is a sum over all steps, and zero times NaN is NaN.
 *
 * @param input whose steps it leaves out
 * @param rows  of the input
 * @param steps which of them count
 */
record GivenMask(Value input, RowsView rows, RowsView steps) {

    /** Those of the inputs that carry one. */
    static GivenMask[] all(List<Value> inputs, MemorySegment workspace) {
        List<GivenMask> given = new ArrayList<>();
        for (Value input : inputs) {
            if (input.mask() != null) {
                given.add(new GivenMask(input, input.rows(workspace), input.mask().rows(workspace)));
            }
        }
        return given.toArray(GivenMask[]::new);
    }

    void clear() {
        for (int row = 0; row < input.rows(); row++) {
            if (steps.segment().get(JAVA_INT, steps.at(input.maskRow(row))) == 0) {
                clear(row);
            }
        }
    }

    private void clear(int row) {
        if (input.type().hasColumns()) {
            RowCopy.clearRow(rows, row, input.columns());
        } else {
            rows.segment().set(JAVA_INT, rows.at(row), 0);
        }
    }
}
