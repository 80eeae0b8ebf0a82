package dev.gatun.perf;

import dev.gatun.perf.roof.ReadLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The limit of every step at batch 1: reading a working set of so many KiB, again and again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Ddev.gatun.kernels=simd"})
public class ReadBenchmark {

    /** In the L1, the L2, the L3 and the main memory of most machines. */
    @Param({"16", "512", "8192", "524288"})
    private int kibibytes;

    private Arena arena;
    private MemorySegment segment;

    /** Bytes beside time: in throughput mode JMH prints {@code gigabytes} per second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Bytes {
        public double gigabytes;
    }

    @Setup(Level.Trial)
    public void allocate() {
        arena = Arena.ofConfined();
        segment = arena.allocate(kibibytes * 1024L, 64).fill((byte) 0);
    }

    @Benchmark
    public float read(Bytes bytes) {
        bytes.gigabytes += 1e-9 * segment.byteSize();
        return ReadLoop.sum(segment, segment.byteSize());
    }

    @TearDown(Level.Trial)
    public void close() {
        arena.close();
    }
}
