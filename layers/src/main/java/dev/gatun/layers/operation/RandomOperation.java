package dev.gatun.layers.operation;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/**
 * An operation on numbers of which each has a random number of its own, drawn from seed, training step, call and position, and so
 * the same on the way back.
 */
public abstract class RandomOperation extends OneToOneOperation {

    private final long callIndex;

    /**
     * An operation on the context's input that keeps its shape.
     *
     * @param context where it stands
     */
    protected RandomOperation(PlanContext context) {
        super(context, context.arguments().input().shape());
        this.callIndex = context.call().stream();
    }

    /**
     * The stream of the random numbers of this call.
     *
     * @param run what differs from one run to the next
     * @return for {@link Philox}
     */
    protected final long stream(RunContext run) {
        return run.step() << 20 | callIndex;
    }

    /**
     * The position of a row's first number. Positions count batch first, so that they do not depend on how rows lie in memory.
     *
     * @param row of the output
     * @return that of its first column; the others follow
     */
    protected final long position(int row) {
        long batch = row % output.batch();
        long time = row / output.batch();
        return (batch * output.time() + time) * output.columns();
    }

    /**
     * A random number.
     *
     * @param run      what differs from one run to the next
     * @param position of the number it is for
     * @return uniform in [0, 1)
     */
    protected final float uniform(RunContext run, long position) {
        return Philox.uniform(run.seed(), stream(run), position);
    }
}
