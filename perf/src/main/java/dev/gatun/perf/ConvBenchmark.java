package dev.gatun.perf;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One causal convolution of 64 filters over 128 steps, in a prediction and in a training step. */
public class ConvBenchmark extends ModelBenchmark {

    private static final int TIME = 128;
    private static final int FILTERS = 64;

    @Param({"1", "32"})
    private int batch;

    @Param({"8", "64"})
    private int features;

    @Param({"3", "5"})
    private int taps;

    private Model model;
    private Execution execution;
    private Trainer trainer;
    private Samples samples;
    private Tensor x;

    @Setup(Level.Trial)
    public void build() {
        model = Sequential.of(Input.sequence(features), Conv1D.of(FILTERS, taps).padding("causal")).threads(1);
        Shape shape = Shape.of(batch, TIME, features);
        x = Inputs.random(shape, new Philox(3, 0));
        samples = Samples.of(x, Tensor.zeros(batch, TIME, FILTERS));
        execution = model.network().execution(List.of(shape), ExecutionMode.INFERENCE);
        trainer = Trainer.of(model).loss(Loss.MSE);
    }

    @Benchmark
    public Execution forward() {
        execution.load(0, x, 0);
        execution.forward();
        return execution;
    }

    @Benchmark
    public Object train() {
        return trainer.trainOnBatch(samples);
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
    }
}
