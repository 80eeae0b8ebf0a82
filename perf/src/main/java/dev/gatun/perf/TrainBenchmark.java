package dev.gatun.perf;

import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.OurTraining;
import dev.gatun.perf.paired.Task;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One training step: forward, mean squared error, backward, Adam. */
public class TrainBenchmark extends ModelBenchmark {

    @Param({"TRAIN_SEED1", "TRAIN_MID", "TRAIN_BATCH"})
    private Task task;

    @Param({"1", "2"})
    private int threads;

    private OurTraining training;

    @Setup(Level.Trial)
    public void build() {
        Material material = Material.of(task);
        training = new OurTraining(task.net(), threads, material.x(), material.y());
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
