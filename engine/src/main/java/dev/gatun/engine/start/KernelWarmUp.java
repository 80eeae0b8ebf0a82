package dev.gatun.engine.start;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernel4x64;
import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.MicroKernel1x128;
import dev.gatun.engine.kernel.MicroKernelEdges;
import dev.gatun.engine.kernel.scalar.ScalarLstmGates;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the SIMD kernels that predict on numbers nobody needs, in a thread of its own, until the JVM has compiled them; the
 * first predictions take the twins meanwhile. A kernel counts as compiled when it is faster than its twin: on a JVM where that
 * does not happen within a minute (without a JIT, say) the twins stay, which is also what is fastest there.
 */
public final class KernelWarmUp {

    /** K, so that calls (600) and turns of the loop (15,000 with them) reach C2's thresholds at the same time. */
    private static final int DEPTH = 24;
    private static final int ROWS = 8;
    private static final long ROW = 4 * 64;
    private static final long A = 0;
    private static final long B = A + ROWS * ROW;
    private static final long C = B + DEPTH * ROW;
    private static final long BYTES = C + ROWS * ROW;
    /** Calls of a kernel in a row, so that a clock of 25 ns can tell it from its twin. */
    private static final int CALLS = 20;

    private static final long LONGEST_NANOS = 60_000_000_000L;
    /**
     * How long the first forward pass has the compilers to itself: a small one is over by then, and takes half as long
     * as beside the kernels' compilation.
     */
    private static final long HEAD_START_MILLIS = 200;
    private static final CountDownLatch FIRST_RUN = new CountDownLatch(1);

    private final MemorySegment memory;

    private KernelWarmUp(MemorySegment memory) {
        this.memory = memory;
    }

    /** Initialized once, when first asked for: starts the thread. */
    private static final class Once {
        private static final Thread THREAD = Thread.ofPlatform()
                .daemon()
                .name("gatun-kernel-start")
                .start(KernelWarmUp::compile);
    }

    /** Lets the kernels be compiled, unless they are or are under way; where they cannot be, that is said once. */
    public static void begin() {
        KernelChoice.warn();
        if (KernelChoice.isCold()) {
            Once.THREAD.getName();
        }
    }

    /** Tells that a forward pass has come to its end. */
    public static void firstRunEnded() {
        if (KernelChoice.isCold()) {
            FIRST_RUN.countDown();
        }
    }

    private static void compile() {
        waitForFirstRun();
        try (Arena arena = Arena.ofShared()) {
            List<Pair> left = new ArrayList<>(new KernelWarmUp(arena.allocate(BYTES, 64)).pairs());
            long begin = System.nanoTime();
            while (!left.isEmpty() && System.nanoTime() - begin < LONGEST_NANOS) {
                left.removeIf(Pair::isFaster);
            }
            if (left.isEmpty()) {
                KernelChoice.compiled();
            } else {
                KernelChoice.givenUp("this JVM has not compiled the SIMD kernels within a minute");
            }
        } catch (RuntimeException | Error failed) {
            KernelChoice.givenUp("the SIMD kernels cannot run on this JVM (" + failed + ")");
        }
    }

    private static void waitForFirstRun() {
        try {
            FIRST_RUN.await(HEAD_START_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    /** A kernel and its twin on the same sizes; the fastest counts, since any run may be interrupted. */
    private static final class Pair {

        private final Runnable simd;
        private final Runnable twin;
        private long fastestSimd = Long.MAX_VALUE;
        private long fastestTwin = Long.MAX_VALUE;

        Pair(Runnable simd, Runnable twin) {
            this.simd = simd;
            this.twin = twin;
        }

        boolean isFaster() {
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

    private List<Pair> pairs() {
        MemorySegment m = memory;
        Pair gates = new Pair(
                () -> LstmGates.forward(m, B, ROW, A, A, 64, C, 64, ROWS),
                () -> ScalarLstmGates.forward(m, B, ROW, A, A, 64, C, 64, ROWS));
        Pair thin = new Pair(
                () -> MicroKernelDepth1.add(m, A, ROW, m, B, m, C, ROW, m, C, ROW, ROWS, 64),
                () -> ScalarTiles.tile(m, A, ROW, m, B, m, C, ROW, m, C, ROW, 1, ROWS, 64));
        Pair row = new Pair(
                () -> MicroKernel1x128.row(m, A, m, B, 0, m, C, 0, m, C, 0, DEPTH, MicroKernel1x128.PANELS),
                twin(1, 64));
        if (Lanes.LANES == 16) {
            return List.of(
                    thin,
                    row,
                    new Pair(() -> MicroKernel4x64.tile4x4(m, A, ROW, m, B, m, C, ROW, m, C, ROW, DEPTH), twin(4, 64)),
                    gates,
                    new Pair(() -> MicroKernelEdges.tile1x64(m, A, m, B, m, C, m, C, DEPTH), twin(1, 64)),
                    new Pair(() -> MicroKernelEdges.tile8x16(m, A, ROW, m, B, m, C, ROW, m, C, ROW, DEPTH),
                            twin(8, 16)),
                    new Pair(() -> MicroKernelEdges.tile1x16(m, A, m, B, m, C, m, C, DEPTH), twin(1, 16)));
        }
        int width = MicroKernel6x2.WIDTH;
        return List.of(
                thin,
                row,
                new Pair(() -> MicroKernel6x2.tile6x2(m, A, ROW, m, B, ROW, m, C, ROW, m, C, ROW, DEPTH),
                        twin(6, width)),
                gates,
                new Pair(() -> MicroKernel6x2.tile4x2(m, A, ROW, m, B, ROW, m, C, ROW, m, C, ROW, DEPTH),
                        twin(4, width)),
                new Pair(() -> MicroKernel6x2.tile1x2(m, A, m, B, ROW, m, C, m, C, DEPTH), twin(1, width)));
    }

    private Runnable twin(int rows, int width) {
        MemorySegment m = memory;
        return () -> ScalarTiles.tile(m, A, ROW, m, B, m, C, ROW, m, C, ROW, DEPTH, rows, width);
    }
}
