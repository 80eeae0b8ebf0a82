package dev.gatun.layers.plan;

/** What an execution is for. */
public enum ExecutionMode {

    /** Predictions. */
    INFERENCE,
    /** Gradients of the weights, with dropout. */
    TRAINING,
    /** As {@link #TRAINING}, with the gradients of the inputs besides. */
    TRAINING_TO_INPUTS,
    /** Derivatives of the model as it serves: no dropout, inputs included. */
    DIFFERENTIATION,
    /** Predictions of any sizes: recurrent layers go on from states that are given, and theirs are kept. */
    CARRYING,
    /** Step by step: recurrent layers go on from the state of a stream. */
    STREAMING;

    /** {@return whether there is a backward pass} */
    public boolean gradients() {
        return this == TRAINING || inputGradients();
    }

    /** {@return whether the backward pass reaches the inputs} */
    public boolean inputGradients() {
        return this == TRAINING_TO_INPUTS || this == DIFFERENTIATION;
    }

    /** {@return whether dropout drops} */
    public boolean dropout() {
        return this == TRAINING || this == TRAINING_TO_INPUTS;
    }

    /** {@return whether recurrent layers of a plan that only goes forward go on from states that are kept outside of it} */
    public boolean carriesState() {
        return this == STREAMING || this == CARRYING;
    }
}
