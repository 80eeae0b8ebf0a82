package dev.gatun.layers.operation;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.List;

/**
 * What operations without weights share that make one value of one: where both lie, and their gradients. The gradient of the
 * output may be overwritten on the way back.
 */
public abstract class OneToOneOperation implements Operation {

    /** What is read. */
    protected final Value input;
    /** What is made. */
    protected final Value output;
    /** Rows of the input. */
    protected RowsView x;
    /** Rows of the output. */
    protected RowsView y;
    /** Rows of the output's gradient; null if there is no way back. */
    protected RowsView dy;
    /** Rows of the input's gradient, with {@link #dy}. */
    protected RowsView dx;
    /** Whether the input's gradient already holds something to add to. */
    protected boolean addToDx;

    /**
     * An operation on the context's input.
     *
     * @param context where it stands
     * @param shape of the output, batch first
     */
    protected OneToOneOperation(PlanContext context, Shape shape) {
        this(context.arguments().input(), context.output("", shape));
    }

    /**
     * An operation between two values.
     *
     * @param input  what is read
     * @param output what is made
     */
    protected OneToOneOperation(Value input, Value output) {
        this.input = input;
        this.output = output;
    }

    @Override
    public final List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public final void bind(Memory memory) {
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        if (input.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            dx = input.gradient(memory.workspace());
            addToDx = input.claimGradient();
        }
        bound(memory);
    }

    /**
     * Called at the end of {@link #bind}, for what an operation reads besides.
     *
     * @param memory the segments of the plan
     */
    protected void bound(Memory memory) {
        // most read nothing else
    }

    @Override
    public final void backward(RunContext run) {
        if (dy != null) {
            back(run);
        }
    }

    /**
     * Reads {@link #dy} and writes {@link #dx}, or adds to it; called if both are there.
     *
     * @param run what differs from one run to the next
     */
    protected abstract void back(RunContext run);
}
