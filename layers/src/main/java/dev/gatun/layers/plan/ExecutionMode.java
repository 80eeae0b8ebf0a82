package dev.gatun.layers.plan;

/** What an execution is for. */
public enum ExecutionMode {

    /** Predictions. */
    INFERENCE(false, false, false, false),
    /** Gradients of the weights, with dropout. */
    TRAINING(true, false, true, false),
    /** As {@link #TRAINING}, with the gradients of the inputs besides. */
    TRAINING_TO_INPUTS(true, true, true, false),
    /** Derivatives of the model as it serves: no dropout, inputs included. */
    DIFFERENTIATION(true, true, false, false),
    /** Step by step: recurrent layers go on from the state of a stream. */
    STREAMING(false, false, false, true);

    private final boolean gradients;
    private final boolean inputGradients;
    private final boolean dropout;
    private final boolean carriesState;

    ExecutionMode(boolean gradients, boolean inputGradients, boolean dropout, boolean carriesState) {
        this.gradients = gradients;
        this.inputGradients = inputGradients;
        this.dropout = dropout;
        this.carriesState = carriesState;
    }

    /** {@return whether there is a backward pass} */
    public boolean gradients() {
        return gradients;
    }

    /** {@return whether the backward pass reaches the inputs} */
    public boolean inputGradients() {
        return inputGradients;
    }

    /** {@return whether dropout drops} */
    public boolean dropout() {
        return dropout;
    }

    /** {@return whether recurrent layers go on from where a stream stands} */
    public boolean carriesState() {
        return carriesState;
    }
}
