package dev.gatun.perf.paired;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.start.KernelWarmUp;
import java.util.concurrent.locks.LockSupport;

/** Waits until SIMD kernels run, so that no time of their twins counts. */
final class Kernels {

    private static final long LONGEST_NANOS = 60_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;

    private Kernels() {}

    /**
     * Has them compiled, if nothing has yet.
     *
     * @throws IllegalStateException if they are not compiled within a minute
     */
    static void await() {
        KernelWarmUp.begin();
        long begin = System.nanoTime();
        while (KernelChoice.isCold()) {
            if (System.nanoTime() - begin > LONGEST_NANOS) {
                throw new IllegalStateException("The SIMD kernels were not compiled within a minute");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
