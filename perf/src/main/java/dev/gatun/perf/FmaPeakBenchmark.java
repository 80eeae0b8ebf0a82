package dev.gatun.perf;

import dev.gatun.perf.roof.FmaChains;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The limit of every product: independent chains of fma in registers, no memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Ddev.gatun.kernels=simd"})
public class FmaPeakBenchmark {

    private static final int TURNS = 100_000;

    private float x = 0.999f;
    private float y = 0.001f;

    @Benchmark
    public float fma(Flops flops) {
        flops.gflop += 1e-9 * FmaChains.flops(TURNS);
        return FmaChains.run(TURNS, x, y);
    }
}
