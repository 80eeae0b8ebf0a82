package dev.gatun.perf;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.GruGates;
import dev.gatun.engine.kernel.GruStrides;
import dev.gatun.engine.kernel.LstmGates;
import dev.gatun.engine.kernel.LstmStrides;
import dev.gatun.engine.kernel.ReluLstmGates;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The elementwise part of a cell: time per unit (five functions forward, one backward; with relu three and none), all in the L1. */
@OperationsPerInvocation(GateBenchmark.ROWS * 16)
public class GateBenchmark extends ElementBenchmark {

    static final int ROWS = 32;
    private static final long ROW = 64;
    private static final long BLOCK = ROWS * ROW;

    private static final LstmStrides STRIDES = new LstmStrides(BLOCK, ROW, ROW, ROW, ROW, ROW, ROW);

    private static final GruStrides GRU = new GruStrides(BLOCK, ROW, ROW, ROW, ROW);

    private static final long C = 4 * BLOCK;
    private static final long C_NEXT = 5 * BLOCK;
    private static final long H = 6 * BLOCK;
    private static final long DH = 7 * BLOCK;
    private static final long DC = 8 * BLOCK;
    private static final long T = 9 * BLOCK;
    private static final long SAVED_GATES = 10 * BLOCK;
    private static final long SAVED_DC = 14 * BLOCK;
    private static final long BYTES = 15 * BLOCK;

    private TensorArena arena;
    private MemorySegment memory;

    @Setup(Level.Iteration)
    public void fill() {
        if (arena == null) {
            arena = TensorArena.open("gates");
            memory = arena.allocate(BYTES, "cell");
        }
        for (long i = 0; i < BYTES / Float.BYTES; i++) {
            memory.setAtIndex(JAVA_FLOAT, i, Philox.uniform(7, 1, i) - 0.5f);
        }
    }

    /** In place: the gates of one run are the pre-activations of the next, which stay ordinary numbers. */
    @Benchmark
    public void forward() {
        LstmGates.forward(memory, STRIDES, 0, C, C_NEXT, H, ROWS);
    }

    /** The same, with relu in the place of tanh. */
    @Benchmark
    public void forwardRelu() {
        ReluLstmGates.forward(memory, STRIDES, 0, C, C_NEXT, H, ROWS);
    }

    /** A GRU's, of the same four strips: three functions. */
    @Benchmark
    public void forwardGru() {
        GruGates.forward(memory, GRU, 0, 2 * BLOCK, 3 * BLOCK, C, H, ROWS);
    }

    @Benchmark
    public void backwardGru() {
        renew();
        GruGates.backward(memory, GRU, 0, 2 * BLOCK, 3 * BLOCK, C, DH, ROWS);
    }

    @Benchmark
    public void backward() {
        renew();
        LstmGates.backward(memory, STRIDES, 0, C, C_NEXT, DH, DC, T, ROWS);
    }

    @Benchmark
    public void backwardRelu() {
        renew();
        ReluLstmGates.backward(memory, STRIDES, 0, C, C_NEXT, DH, DC, ROWS);
    }

    /** Copies what a way back overwrites; part of what is measured. */
    private void renew() {
        MemorySegment.copy(memory, SAVED_GATES, memory, 0, 4 * BLOCK);
        MemorySegment.copy(memory, SAVED_DC, memory, DC, BLOCK);
    }

    @TearDown(Level.Trial)
    public void close() {
        arena.close();
    }
}
