package dev.gatun.layers.type.steps;

import dev.gatun.layers.operation.StepSizes;

/**
 * Which steps of a sequence another one is made of.
 *
 * @param times  how often each step comes
 * @param before steps of zeros before the first; negative where steps are left out
 * @param behind likewise behind the last
 */
record StepMap(int times, int before, int behind) implements StepSizes {

    /** Nothing but zeros. */
    static final long NONE = -1;

    @Override
    public long steps(long inputs) {
        return inputs * times + before + behind;
    }

    @Override
    public int before(int inputs) {
        return before;
    }

    @Override
    public String shortest() {
        long left = -((long) before + behind);
        return left > 0 ? "leaves out " + left + " steps and needs more than these" : "needs a step or more";
    }

    /** The step that one of the output repeats. */
    long source(long step, long inputs) {
        long at = Math.floorDiv(step - before, times);
        return at >= 0 && at < inputs ? at : NONE;
    }
}
