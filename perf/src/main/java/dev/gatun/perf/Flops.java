package dev.gatun.perf;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts arithmetic beside time: in throughput mode JMH prints {@code gflop} per second. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Flops {

    /** Floating-point operations in billions; a fused multiply-add counts as two. */
    public double gflop;
}
