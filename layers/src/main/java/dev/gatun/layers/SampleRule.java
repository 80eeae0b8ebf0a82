package dev.gatun.layers;

/** What a layer does to the samples of a batch. */
public enum SampleRule {
    /** One sample in, one sample out. */
    KEEP,
    /** Every step of a sample becomes a sample. */
    STEPS_TO_SAMPLES,
    /** Such samples become the steps of one again. */
    SAMPLES_TO_STEPS
}
