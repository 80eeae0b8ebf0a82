package dev.gatun.perf;

import dev.gatun.perf.roof.ReadLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The limit of every step at batch 1: reading a working set of so many KiB, again and again. */
public class ReadBenchmark extends RateBenchmark {

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
