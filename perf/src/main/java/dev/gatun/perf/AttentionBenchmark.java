package dev.gatun.perf;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Input;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.model.Model;
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

/** A sequence of 64 steps of 128 features that attends to itself with 4 heads of 32, 32 samples: a call and a training step. */
public class AttentionBenchmark extends ModelBenchmark {

    private static final int BATCH = 32;
    private static final int TIME = 64;
    private static final int FEATURES = 128;
    private static final int HEADS = 4;

    @Param({"false", "true"})
    private boolean causal;

    @Param({"1", "2"})
    private int threads;

    private Model model;
    private Execution execution;
    private Trainer trainer;
    private Samples samples;
    private Tensor x;

    @Setup(Level.Trial)
    public void build() {
        Input input = Input.sequence(FEATURES);
        model = Model.of(input, MultiHeadAttention.of(HEADS, FEATURES / HEADS).useCausalMask(causal).on(input))
                .threads(threads);
        Shape shape = Shape.of(BATCH, TIME, FEATURES);
        x = Inputs.random(shape, new Philox(3, 0));
        samples = Samples.of(x, Tensor.zeros(BATCH, TIME, FEATURES));
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
