package dev.gatun.formats.gatun;

/** Why a sound safetensors file is not a model of Gatun's: one constant for each cause, in the order of the checks. */
public enum GatunProblem {
    /** Its metadata do not say that it is a model of Gatun's. */
    NOT_A_MODEL,
    /** A later Gatun wrote it. */
    NEWER_VERSION,
    /** Configuration, user's metadata or training state are missing, not JSON, or not understood. */
    BROKEN_CONFIGURATION,
    /** The configuration needs a tensor that is not there. */
    MISSING_TENSOR,
    /** A tensor has another shape than the configuration says. */
    WRONG_SHAPE,
    /** A tensor is not float32. */
    WRONG_DTYPE,
    /** There is a tensor that the configuration does not need. */
    UNEXPECTED_TENSOR,
    /** The model could be checked but not built. */
    NOT_BUILT
}
