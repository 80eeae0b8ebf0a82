package dev.gatun.layers;

/** What a weight is to a training. */
public enum WeightRole {
    /** An optimizer changes it by its gradient. */
    TRAINED,
    /** The layer itself keeps it, for example a moving mean; no optimizer changes it. */
    BUFFER
}
