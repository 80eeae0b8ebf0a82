package dev.gatun.engine.gemm;

/** Row strides of the matrices inside a model. */
public final class LeadingDimension {

    /** Rows whose stride is a multiple of this many floats (1 KiB) fall on few cache sets. */
    private static final int ALIASING = 256;

    private LeadingDimension() {}

    /** Columns rounded up to 16 floats (64 bytes), and moved off multiples of 1 KiB, where rows would evict each other. */
    public static int of(int columns) {
        int padded = Math.max(Strips.WIDTH, Strips.padded(columns));
        return (int) apart(padded);
    }

    /** So many floats, a multiple of 16, and 16 more where what begins there would evict each other. */
    static long apart(long floats) {
        return floats % ALIASING == 0 ? floats + Strips.WIDTH : floats;
    }
}
