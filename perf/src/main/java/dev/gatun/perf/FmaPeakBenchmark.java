package dev.gatun.perf;

import dev.gatun.perf.roof.FmaChains;
import org.openjdk.jmh.annotations.Benchmark;

/** The limit of every product: independent chains of fma in registers, no memory. */
public class FmaPeakBenchmark extends RateBenchmark {

    private static final int TURNS = 100_000;

    private float x = 0.999f;
    private float y = 0.001f;

    @Benchmark
    public float fma(Flops flops) {
        flops.gflop += 1e-9 * FmaChains.flops(TURNS);
        return FmaChains.run(TURNS, x, y);
    }
}
