package dev.gatun.perf.paired;

/** What is timed. */
public enum Kind {
    /** A product of matrices. */
    GEMM,
    /** Inference on a whole batch of sequences. */
    FORWARD,
    /** One time step per call, the state kept: every single time counts. */
    STEP,
    /** Forward, backward and Adam. */
    TRAIN,
    /** From the start of a JVM to its first prediction. */
    START
}
