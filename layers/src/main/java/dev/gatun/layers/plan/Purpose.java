package dev.gatun.layers.plan;

/**
 * What a plan is for.
 *
 * @param gradients      whether there is a backward pass
 * @param inputGradients whether it reaches the inputs
 * @param dropout        whether dropout drops
 * @param carriesState   whether recurrent layers go on from the state of the previous run (streaming)
 */
public record Purpose(boolean gradients, boolean inputGradients, boolean dropout, boolean carriesState) {

    public static final Purpose INFERENCE = new Purpose(false, false, false, false);
    public static final Purpose TRAINING = new Purpose(true, false, true, false);
    /** Derivatives of the model as it serves: no dropout, inputs included. */
    public static final Purpose DIFFERENTIATION = new Purpose(true, true, false, false);
    /** Step by step. */
    public static final Purpose STREAMING = new Purpose(false, false, false, true);
}
