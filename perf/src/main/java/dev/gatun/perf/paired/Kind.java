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
    /** {@code Model.predict}, as a user calls it, beside a training step of the same size. */
    PREDICT,
    /** From the start of a JVM to its first prediction. */
    START
}
