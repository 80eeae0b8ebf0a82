package dev.gatun.perf;

import dev.gatun.perf.workload.Workload;
import dev.gatun.perf.workload.Stack;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Tensor;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One inference call, input copied in and run. */
public class ForwardBenchmark extends ModelBenchmark {

    @Param({"SEQ", "SEED1", "SEED2", "BATCH", "LARGE"})
    private Workload workload;

    @Param({"1", "2"})
    private int threads;

    private Model model;
    private Execution execution;
    private Tensor x;

    @Setup(Level.Trial)
    public void build() {
        Stack stack = workload.stack();
        model = stack.model().threads(threads);
        execution = model.network().execution(List.of(stack.shape()), ExecutionMode.INFERENCE);
        x = Inputs.random(stack.shape(), new Philox(3, 0));
    }

    @Benchmark
    public Execution forward() {
        execution.load(0, x, 0);
        execution.forward();
        return execution;
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
    }
}
