package dev.gatun.layers;

/** What a weight is to a training. */
public enum WeightRole {
    /** Changed by the optimizer along its gradient. */
    TRAINED,
    /** Kept by the layer itself and saved with the others, without a gradient: a moving mean, for example. */
    BUFFER
}
