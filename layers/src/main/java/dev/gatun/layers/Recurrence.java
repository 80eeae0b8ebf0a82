package dev.gatun.layers;

/** Which way a layer goes through time. */
public enum Recurrence {
    /** It does not, or not on the engine's loop. */
    NONE,
    /** From the first step to the last. */
    FORWARDS,
    /** From the last step to the first. */
    BACKWARDS
}
