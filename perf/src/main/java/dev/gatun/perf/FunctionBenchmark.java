package dev.gatun.perf;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.kernel.Activations;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** exp, tanh and sigmoid: time per element, both sides in the L1. */
@OperationsPerInvocation(FunctionBenchmark.ELEMENTS)
public class FunctionBenchmark extends ElementBenchmark {

    static final int ELEMENTS = 2048;
    private static final int ROWS = ELEMENTS / 16;

    private TensorArena arena;
    private MemorySegment x;
    private MemorySegment y;

    @Setup(Level.Trial)
    public void allocate() {
        arena = TensorArena.open("functions");
        x = arena.allocate(ELEMENTS * (long) Float.BYTES, "x");
        y = arena.allocate(ELEMENTS * (long) Float.BYTES, "y");
        for (int i = 0; i < ELEMENTS; i++) {
            x.setAtIndex(JAVA_FLOAT, i, 8 * Philox.uniform(7, 1, i) - 4);
        }
    }

    @Benchmark
    public void exp() {
        Activations.exp(x, 0, Activations.ROW, y, 0, Activations.ROW, ROWS);
    }

    @Benchmark
    public void tanh() {
        Activations.tanh(x, 0, Activations.ROW, y, 0, Activations.ROW, ROWS);
    }

    @Benchmark
    public void sigmoid() {
        Activations.sigmoid(x, 0, Activations.ROW, y, 0, Activations.ROW, ROWS);
    }

    @TearDown(Level.Trial)
    public void close() {
        arena.close();
    }
}
