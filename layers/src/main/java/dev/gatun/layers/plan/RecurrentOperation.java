package dev.gatun.layers.plan;

import dev.gatun.engine.rnn.RecurrentForward;

/** An operation that runs over time on the engine's loop, so that it may run beside others. */
public interface RecurrentOperation extends Operation {

    /** {@return what runs the steps, once memory is bound} */
    RecurrentForward engine();

    /** {@return whether the output of a step is there as soon as the step is done, and not only after {@link #end}} */
    default boolean givesSteps() {
        return true;
    }

    /**
     * Everything before the first step.
     *
     * @param run of forward
     */
    void begin(RunContext run);

    /** Everything after the last step. */
    void end();
}
