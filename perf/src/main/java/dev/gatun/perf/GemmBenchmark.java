package dev.gatun.perf;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.random.Philox;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** C[M,N] = A[M,K] B[K,N] with B packed, one thread; the result of the last element is checked after each trial. */
public class GemmBenchmark extends RateBenchmark {

    /** M, K, N. */
    @Param({"512x512x512", "1024x1024x1024", "6400x256x2048", "32x128x512", "1x128x512"})
    private String size;

    private int m;
    private int k;
    private int n;
    private TensorArena arena;
    private Strips strips;
    private RowsView left;
    private MemorySegment right;
    private RowsView result;
    private Product product;
    private double gflop;

    @Setup(Level.Trial)
    public void allocate() {
        String[] parts = size.split("x");
        m = Integer.parseInt(parts[0]);
        k = Integer.parseInt(parts[1]);
        n = Integer.parseInt(parts[2]);
        gflop = 2e-9 * m * k * n;
        arena = TensorArena.open("gemm");
        long aRow = (long) LeadingDimension.of(k) * Float.BYTES;
        long cRow = (long) LeadingDimension.of(n) * Float.BYTES;
        strips = new Strips(k, n);
        left = new RowsView(random(m * aRow, 1), 0, aRow);
        right = random(strips.bytes(), 2);
        result = new RowsView(arena.allocate(m * cRow, "c"), 0, cRow);
        MemorySegment zeros = arena.allocate(cRow, "zeros");
        product = new Product(left, right, 0, strips, result, new RowsView(zeros, 0, 0));
    }

    private MemorySegment random(long bytes, long stream) {
        MemorySegment segment = arena.allocate(bytes, "operand");
        for (long i = 0; i < bytes / Float.BYTES; i++) {
            segment.setAtIndex(JAVA_FLOAT, i, Philox.uniform(7, stream, i) - 0.5f);
        }
        return segment;
    }

    @Benchmark
    public void multiply(Flops flops) {
        product.rows(0, 0, 0, m);
        flops.gflop += gflop;
    }

    @TearDown(Level.Trial)
    public void check() {
        float expected = 0;
        for (int i = 0; i < k; i++) {
            float x = left.segment().get(JAVA_FLOAT, left.at(m - 1) + 4L * i);
            expected = Math.fma(x, right.getAtIndex(JAVA_FLOAT, strips.index(i, n - 1)), expected);
        }
        float got = result.segment().get(JAVA_FLOAT, result.at(m - 1) + 4L * (n - 1));
        arena.close();
        if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(got)) {
            throw new IllegalStateException("Product is wrong: expected " + expected + ", got " + got);
        }
    }
}
