package dev.gatun.layers;

/** What a layer does with the mask of a sequence. */
public enum MaskRule {
    /** The output has the mask of the input. */
    PASS,
    /** Steps that do not count are left out; the output has a mask only if it is a sequence. */
    CONSUME,
    /** The layer makes a mask, in the place of one that a layer before it has made. */
    PRODUCE,
    /** The masks of several inputs become one; one masked input is enough. */
    COMBINE,
    /** The masks of several inputs become one, unless an input has none: then every step counts. */
    COMBINE_ALL,
    /** The output has no mask, whatever the input has. */
    DROP,
    /** A mask here is an error. */
    REFUSE
}
