package dev.gatun.perf;

import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.OurTraining;
import dev.gatun.perf.paired.Task;
import java.util.concurrent.TimeUnit;
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

/** One training step: forward, mean squared error, backward, Adam. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "-Ddev.gatun.kernels=simd"})
public class TrainBenchmark {

    @Param({"TRAIN_SEED1", "TRAIN_MID", "TRAIN_BATCH"})
    private Task task;

    @Param({"1", "2"})
    private int threads;

    private OurTraining training;

    @Setup(Level.Trial)
    public void build() {
        Material material = Material.of(task);
        training = new OurTraining(task.stack(), threads, material.x(), material.y());
    }

    @Benchmark
    public void step() {
        training.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        training.close();
    }
}
