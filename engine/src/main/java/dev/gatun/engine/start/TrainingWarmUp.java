package dev.gatun.engine.start;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.kernel.AdamUpdates;
import dev.gatun.engine.kernel.ColumnSums;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.MicroKernel4x4;
import dev.gatun.engine.kernel.OuterKernel6x2;
import dev.gatun.engine.kernel.TilePlaces;
import dev.gatun.engine.kernel.scalar.ScalarAdamUpdates;
import dev.gatun.engine.kernel.scalar.ScalarColumnSums;
import dev.gatun.engine.kernel.scalar.ScalarTiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the SIMD kernels of the way back on numbers nobody needs, beside the first steps of a training and after those that
 * predict, until the JVM has compiled them, a minute at most; where those could not be compiled, not at all. Some are called
 * once a step only: they would run as objects, and leave kilobytes for the collector, for the first thousand steps.
 */
public final class TrainingWarmUp {

    private static final int DEPTH = 24;
    private static final int STRIPS = MicroKernel4x4.STRIPS;
    private static final int ROWS = 8;
    private static final long STRIP = DEPTH * TilePlaces.STRIP_ROW;
    private static final int FLOATS = (int) STRIP / Float.BYTES;
    private static final long A = 0;
    private static final long B = A + 2 * STRIP;
    private static final long C = B + STRIPS * STRIP;
    private static final long BYTES = C + STRIPS * STRIP;

    private final MemorySegment memory;

    private TrainingWarmUp(MemorySegment memory) {
        this.memory = memory;
    }

    /** Initialized once, when first asked for: starts the thread. */
    private static final class Once {
        private static final Thread THREAD = Thread.ofPlatform()
                .daemon()
                .name("gatun-training-start")
                .start(TrainingWarmUp::compile);
    }

    /** Lets the kernels be compiled, unless they are or are under way; nothing waits for them. */
    public static void begin() {
        if (!KernelChoice.SCALAR) {
            Once.THREAD.getName();
        }
    }

    private static void compile() {
        try (Arena arena = Arena.ofShared()) {
            KernelWarmUp.await();
            if (KernelChoice.isCold()) {
                return;
            }
            KernelPair.runUntilFaster(new TrainingWarmUp(arena.allocate(BYTES, 64)).pairs());
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failed) {
            // The training uses the same kernels and says what is wrong; whether they are compiled early is no one's concern.
        }
    }

    private List<KernelPair> pairs() {
        MemorySegment m = memory;
        long row = TilePlaces.STRIP_ROW;
        TilePlaces p = new TilePlaces(m, row, m, row, STRIP, m, row, STRIP, m, row, STRIP);
        LstmStrides strides = new LstmStrides(STRIP, row, row, row, row, row, row);
        List<KernelPair> pairs = new ArrayList<>(List.of(
                new KernelPair(
                        () -> ColumnSums.add(m, B, row, STRIP, m, C, row, DEPTH, STRIPS),
                        () -> ScalarColumnSums.add(m, B, row, STRIP, m, C, row, DEPTH, STRIPS)),
                // The optimizer of most trainings; the others are compiled after some dozen steps.
                new KernelPair(
                        () -> AdamUpdates.adam(m, A, m, B, m, C, m, C + STRIP, FLOATS, 0f, 1f, 1f, 1f, 0f),
                        () -> ScalarAdamUpdates.step(
                                m, A, m, B, m, C, m, C + STRIP, null, 0, FLOATS, 0f, 1f, 1f, 1f, 0f)),
                new KernelPair(() -> OuterKernel6x2.outer6x2(p, A, B, C, DEPTH, STRIPS), twin(p, 6)),
                new KernelPair(() -> OuterKernel6x2.outer5x2(p, A, B, C, DEPTH, STRIPS), twin(p, 5))));
        pairs.addAll(0, new GateKernels(m, strides, B, A, C, A + STRIP, ROWS).backward());
        if (Lanes.LANES == Strips.WIDTH) {
            pairs.add(new KernelPair(() -> MicroKernel4x4.outer4x4(p, A, B, C, DEPTH), twin(p, 4)));
        }
        return pairs;
    }

    private static Runnable twin(TilePlaces places, int columns) {
        return () -> ScalarTiles.outer(places, A, B, C, DEPTH, columns, STRIPS);
    }
}
