package dev.gatun.engine.start;

import java.util.ArrayList;
import java.util.List;

/** A kernel and its twin on the same sizes; the fastest counts, since any run may be interrupted. */
final class KernelPair {

    /** Calls of a kernel in a row, so that a clock of 25 ns can tell it from its twin. */
    private static final int CALLS = 20;
    /** Where the JVM has not compiled a kernel by then, it has no compiler that does. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final Runnable simd;
    private final Runnable twin;
    private long fastestSimd = Long.MAX_VALUE;
    private long fastestTwin = Long.MAX_VALUE;

    KernelPair(Runnable simd, Runnable twin) {
        this.simd = simd;
        this.twin = twin;
    }

    /** Runs kernels and twins until each kernel has been faster than its twin; false if that took too long. */
    static boolean runUntilFaster(List<KernelPair> pairs) {
        List<KernelPair> left = new ArrayList<>(pairs);
        long begin = System.nanoTime();
        while (!left.isEmpty() && System.nanoTime() - begin < LONGEST_NANOS) {
            left.removeIf(KernelPair::isFaster);
        }
        return left.isEmpty();
    }

    /** Runs both, and says whether the kernel has been faster than its twin: then the JVM has compiled it. */
    private boolean isFaster() {
        fastestSimd = Math.min(fastestSimd, nanos(simd));
        fastestTwin = Math.min(fastestTwin, nanos(twin));
        return fastestSimd < fastestTwin;
    }

    private static long nanos(Runnable run) {
        long begin = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            run.run();
        }
        return System.nanoTime() - begin;
    }
}
