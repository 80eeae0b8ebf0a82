package dev.gatun.perf.paired;

import dev.gatun.layers.runtime.Execution;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.Tensor;
import dev.gatun.perf.workload.Net;
import java.util.List;

/** Inference with Gatun: input copied in, run, output copied out; all memory made before. */
public final class OurForward extends OurModel {

    private final Execution execution;
    private final Tensor x;
    private final Tensor result;

    public OurForward(Net net, int threads, float[] x) {
        super(net, threads);
        this.execution = model.network().execution(List.of(net.shape()), ExecutionMode.INFERENCE);
        this.x = arena.tensor("x", net.shape());
        this.result = arena.tensor("result", net.outputShape());
        Tensor.of(x, net.shape().toArray()).copyTo(this.x);
        Kernels.await();
    }

    @Override
    public void run() {
        execution.load(0, x, 0);
        execution.forward();
        execution.read(0, result, 0);
    }

    @Override
    public float[] result() {
        return result.toArray();
    }
}
