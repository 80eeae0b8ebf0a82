package dev.gatun.engine.gemm;

/** Row strides of the matrices inside a model. */
public final class LeadingDimension {

    /** Rows whose stride is a multiple of this many floats (1 KiB) fall on few cache sets. */
    private static final int ALIASING = 256;

    private LeadingDimension() {}

    /** Floats from one panel of so many rows to the next, in steps of 64 bytes off multiples of 1 KiB. */
    static long ofPanel(int rows) {
        long floats = (long) rows * Panels.PANEL;
        return floats % ALIASING == 0 ? floats + Panels.STRIP : floats;
    }

    /** Columns rounded up to 16 floats (64 bytes), and moved off multiples of 1 KiB, where rows would evict each other. */
    public static int of(int columns) {
        int padded = Math.max(Panels.STRIP, Panels.padded(columns));
        return padded % ALIASING == 0 ? padded + Panels.STRIP : padded;
    }
}
