package dev.gatun.perf;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.OptimizerState;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.workload.Workload;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One call and one training step where inputs, weights or both are subnormal numbers of either sign, beside ordinary ones. */
public class SubnormalBenchmark extends ModelBenchmark {

    /** What is subnormal. */
    public enum Numbers {
        ORDINARY(1, 1), INPUTS(TINY, 1), WEIGHTS(1, TINY), BOTH(TINY, TINY);

        private final float ofInputs;
        private final float ofWeights;

        Numbers(float ofInputs, float ofWeights) {
            this.ofInputs = ofInputs;
            this.ofWeights = ofWeights;
        }
    }

    /** A number of any size up to 1 times this is subnormal. */
    private static final float TINY = 0x1p-127f;
    /** Becomes 0 as a float: the step does all its work, and leaves the weights as they were. */
    private static final double NO_RATE = Double.MIN_NORMAL;

    @Param({"SEED1", "BATCH"})
    private Workload workload;

    @Param
    private Numbers numbers;

    private final TensorArena arena = TensorArena.open("subnormal");
    private Model model;
    private Tensor x;
    private Execution inference;
    private Execution training;
    private OptimizerState state;

    @Setup(Level.Trial)
    public void build() {
        Stack stack = workload.stack();
        model = stack.model().threads(1);
        for (Weight weight : model.weights()) {
            weight.set(times(numbers.ofWeights, weight.get()));
        }
        x = times(numbers.ofInputs, Inputs.random(stack.shape(), new Philox(3, 0)));
        inference = model.network().execution(List.of(stack.shape()), ExecutionMode.INFERENCE);
        training = model.network().execution(List.of(stack.shape()), ExecutionMode.TRAINING);
        state = OptimizerState.start(Adam.rate(NO_RATE), model.network().parameters(), arena);
    }

    private static Tensor times(float factor, Tensor tensor) {
        float[] values = tensor.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return Tensor.of(values, tensor.shape().toArray());
    }

    @Benchmark
    public Execution forward() {
        inference.load(0, x, 0);
        inference.forward();
        return inference;
    }

    /** The output is its own gradient, that of half its square. */
    @Benchmark
    public Execution step() {
        training.load(0, x, 0);
        training.forward();
        RowsView output = training.outputRows(0);
        RowsView gradient = training.outputGradient(0);
        long bytes = (long) workload.stack().outputs() * Float.BYTES;
        for (int row = 0; row < workload.stack().batch(); row++) {
            MemorySegment.copy(output.segment(), output.at(row), gradient.segment(), gradient.at(row), bytes);
        }
        model.network().gradients().clear();
        training.backward();
        state.step(model.network().parameters(), model.network().gradients(), model.network().team());
        return training;
    }

    @TearDown(Level.Trial)
    public void close() {
        model.close();
        arena.close();
    }
}
