package dev.gatun.layers.operation;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What operations share that make one value of one, number for number, with weights of the layer: where all lie, and their
 * gradients.
 */
public abstract class LearnedOperation implements Operation {

    /** Where it stands. */
    protected final PlanContext context;
    /** What is read. */
    protected final Value input;
    /** What is made, of the same shape. */
    protected final Value output;
    /** Rows of the input. */
    protected RowsView x;
    /** Rows of the output. */
    protected RowsView y;
    /** Rows of the output's gradient; null if there is no way back. */
    protected RowsView dy;
    /** Rows of the input's gradient; null if none is wanted. */
    protected RowsView dx;
    /** The weights. */
    protected MemorySegment parameters;
    /** Their gradients; null if they are not wanted. */
    protected MemorySegment gradients;
    private boolean addToDx;

    /**
     * An operation on the context's input.
     *
     * @param context where it stands
     */
    protected LearnedOperation(PlanContext context) {
        this.context = context;
        this.input = context.arguments().input();
        this.output = context.output("", input.shape());
    }

    @Override
    public final List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public final void bind(Memory memory) {
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        parameters = memory.parameters();
        if (output.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            gradients = context.gradients(memory);
            if (input.requiresGradient()) {
                dx = input.gradient(memory.workspace());
                addToDx = input.claimGradient();
            }
        }
        bindOwn(memory);
    }

    /**
     * The last part of {@link #bind}.
     *
     * @param memory the segments of the plan
     */
    protected void bindOwn(Memory memory) {
        // most have nothing else
    }

    @Override
    public final void backward(RunContext run) {
        if (dy != null) {
            back(run);
        }
    }

    /**
     * Reads {@link #dy}, adds to {@link #gradients} and gives to {@link #dx}, where they are there.
     *
     * @param run what differs from one run to the next
     */
    protected abstract void back(RunContext run);

    /**
     * A weight.
     *
     * @param at its byte offset
     * @return the number
     */
    protected final float weight(long at) {
        return parameters.get(JAVA_FLOAT, at);
    }

    /**
     * Adds to the gradient of a weight.
     *
     * @param at   byte offset of the weight
     * @param part what is added
     */
    protected final void addGradient(long at, double part) {
        gradients.set(JAVA_FLOAT, at, (float) (gradients.get(JAVA_FLOAT, at) + part));
    }

    /**
     * Gives a part of the input's gradient.
     *
     * @param at   byte offset in {@link #dx}
     * @param part the part
     */
    protected final void give(long at, float part) {
        dx.segment().set(JAVA_FLOAT, at, addToDx ? dx.segment().get(JAVA_FLOAT, at) + part : part);
    }
}
