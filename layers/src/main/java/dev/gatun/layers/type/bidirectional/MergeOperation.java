package dev.gatun.layers.type.bidirectional;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the halves of a Bidirectional together row by row. The backward half stands in the order in which it was processed, so
 * that its row of a step is found from the end. Rows whose step does not count become zero, and hand no gradient on.
 */
final class MergeOperation implements Operation {

    private final MergeMode mode;
    private final boolean sequences;
    private final Value forward;
    private final Value backward;
    private final List<Value> outputs = new ArrayList<>();
    private final Value mask;
    private RowsView steps;
    private Side there;
    private Side back;

    MergeOperation(Merge layer, PlanContext context, List<Shape> shapes) {
        this.mode = layer.mode();
        this.sequences = layer.sequences();
        this.backward = context.arguments().inputs().get(0);
        this.forward = context.arguments().inputs().get(1);
        boolean goesByMask = layer.leavesMaskedStepsZero() && !context.arguments().ignoresMask();
        this.mask = goesByMask ? forward.mask() : null;
        for (int output = 0; output < shapes.size(); output++) {
            outputs.add(context.output(output == 0 ? "" : " backward", shapes.get(output)));
        }
    }

    @Override
    public List<Value> outputs() {
        return outputs;
    }

    @Override
    public void bind(Memory memory) {
        steps = mask == null ? null : mask.rows(memory.workspace());
        int behind = mode == MergeMode.CONCAT ? forward.columns() : 0;
        back = Side.of(backward, outputs.getLast(), behind, memory.workspace());
        there = Side.of(forward, outputs.getFirst(), 0, memory.workspace());
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < forward.rows(); row++) {
            int turned = turned(row);
            if (!counts(row)) {
                there.clear(row);
                back.clear(row);
            } else if (mode == MergeMode.CONCAT || mode == MergeMode.NONE) {
                there.place(row, row);
                back.place(turned, row);
            } else {
                combine(row, turned);
            }
        }
    }

    private void combine(int row, int turned) {
        for (int column = 0; column < forward.columns(); column++) {
            float one = there.number(row, column);
            float other = back.number(turned, column);
            there.put(row, column, mode == MergeMode.MUL ? one * other : part() * (one + other));
        }
    }

    /** Of each half in what is made of both. */
    private float part() {
        return mode == MergeMode.AVE ? 0.5f : 1f;
    }

    @Override
    public void backward(RunContext run) {
        for (int row = 0; row < forward.rows(); row++) {
            int turned = turned(row);
            if (!counts(row)) {
                there.giveNothing(row);
                back.giveNothing(turned);
            } else if (mode == MergeMode.MUL) {
                there.giveProduct(row, row, back, turned);
                back.giveProduct(turned, row, there, row);
            } else {
                there.give(row, row, part());
                back.give(turned, row, part());
            }
        }
    }

    private boolean counts(int row) {
        return MaskRows.counts(steps, row);
    }

    /** The backward half's row of the same step and sample. */
    private int turned(int row) {
        if (!sequences) {
            return row;
        }
        int batch = forward.batch();
        return (forward.time() - 1 - row / batch) * batch + row % batch;
    }
}
