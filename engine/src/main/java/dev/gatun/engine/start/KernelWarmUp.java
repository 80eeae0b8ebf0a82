package dev.gatun.engine.start;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.MicroKernel1x8;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.MicroKernel6x2;
import dev.gatun.engine.kernel.MicroKernelDepth1;
import dev.gatun.engine.kernel.TilePlaces;
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

    /** K of each part: some hundred calls turn a tile's loop as often as C2 wants to see. */
    private static final int DEPTH = 24;
    private static final int ROWS = 8;
    /** One tile of the widest vectors. */
    private static final int STRIPS = MicroKernel4x4.STRIPS;
    private static final long ROW = 4 * 64;
    private static final long A = 0;
    private static final long B = A + ROWS * ROW;
    private static final long C = B + DEPTH * ROW;
    private static final long BYTES = C + ROWS * ROW;
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

    /** Waits until the thread of the kernels that predict is at its end, however it has ended; at once where there is none. */
    static void await() throws InterruptedException {
        if (KernelChoice.isCold()) {
            Once.THREAD.join();
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
            if (KernelPair.runUntilFaster(new KernelWarmUp(arena.allocate(BYTES, 64)).pairs())) {
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

    private List<KernelPair> pairs() {
        MemorySegment m = memory;
        TilePlaces p = new TilePlaces(m, ROW, m, TilePlaces.STRIP_ROW, DEPTH * TilePlaces.STRIP_ROW, m, ROW,
                TilePlaces.STRIP_ROW, m, ROW, TilePlaces.STRIP_ROW);
        LstmStrides strides = new LstmStrides(TilePlaces.STRIP_ROW, ROW, TilePlaces.STRIP_ROW, TilePlaces.STRIP_ROW);
        List<KernelPair> pairs = new ArrayList<>(List.of(
                new KernelPair(
                        () -> MicroKernelDepth1.add(p, A, B, C, C, ROWS, STRIPS),
                        () -> ScalarTiles.tile(p, A, B, C, C, 1, ROWS, STRIPS)),
                new KernelPair(
                        () -> {
                            MicroKernel1x8.row(p, A, B, C, C, DEPTH, STRIPS, false);
                            MicroKernel1x8.row(p, A, B, C, C, DEPTH, STRIPS, true);
                        },
                        () -> ScalarTiles.tile(p, A, B, C, C, DEPTH, 2, STRIPS)),
                new KernelPair(() -> {
                    MicroKernel6x2.tile6x2(p, A, B, DEPTH, p, A, B, C, C, DEPTH, STRIPS);
                    MicroKernel6x2.tile6x2(p, A, B, 0, p, A, B, C, C, DEPTH, 1);
                }, twin(p, 6)),
                new KernelPair(() -> {
                    MicroKernel6x2.tile5x2(p, A, B, DEPTH, p, A, B, C, C, DEPTH, STRIPS);
                    MicroKernel6x2.tile5x2(p, A, B, 0, p, A, B, C, C, DEPTH, 1);
                }, twin(p, 5)),
                new KernelPair(() -> {
                    MicroKernel6x2.tile4x2(p, A, B, DEPTH, p, A, B, C, C, DEPTH, STRIPS);
                    MicroKernel6x2.tile4x2(p, A, B, 0, p, A, B, C, C, DEPTH, 1);
                },
                        twin(p, 4))));
        pairs.addAll(new GateKernels(m, strides, B, A, C, A, ROWS).forward());
        if (Lanes.LANES == Strips.WIDTH) {
            pairs.add(2,
                    new KernelPair(() -> {
                        MicroKernel4x4.tile4x4(p, A, B, DEPTH, p, A, B, C, C, DEPTH);
                        MicroKernel4x4.tile4x4(p, A, B, 0, p, A, B, C, C, DEPTH);
                    }, twin(p, 4)));
        }
        return pairs;
    }

    /**
     * Two products, as the tiles' chain has two parts, and one more: a tile meets chains of one part as well, and a strip that is
     * alone; what it has not met by the time it is compiled, it would be compiled anew for.
     */
    private static Runnable twin(TilePlaces places, int rows) {
        return () -> {
            ScalarTiles.tile(places, A, B, C, C, DEPTH, rows, STRIPS);
            ScalarTiles.tile(places, A, B, C, C, DEPTH, rows, STRIPS);
            ScalarTiles.tile(places, A, B, C, C, DEPTH, rows, 1);
        };
    }
}
