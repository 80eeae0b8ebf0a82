package dev.gatun.layers.runtime;

/** What a training leaves with the weights, so that a later one can go on from there. */
public interface Progress {

    /** {@return optimizer steps done, not negative} */
    long steps();

    /** {@return epochs done, not negative} */
    long epochs();
}
