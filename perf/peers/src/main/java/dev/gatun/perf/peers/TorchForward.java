package dev.gatun.perf.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;

/** Whole sequences without gradients. */
final class TorchForward implements Contender {

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final ParameterStore parameters = new ParameterStore(manager, false);
    private final TorchStack stack;
    private final NDArray x;
    private float[] result;

    TorchForward(Stack shape, Material material) {
        this.stack = new TorchStack(shape, false);
        stack.initialize(manager);
        stack.load(material);
        this.x = stack.input(manager, material);
    }

    @Override
    public void run() {
        try (NDManager call = forward()) {
            // What the call made is freed; the input stays.
            x.attach(manager);
        }
    }

    private NDManager forward() {
        NDManager call = manager.newSubManager();
        x.attach(call);
        stack.block().forward(parameters, new NDList(x), false);
        return call;
    }

    @Override
    public float[] result() {
        try (NDManager call = manager.newSubManager()) {
            x.attach(call);
            result = stack.batchFirst(
                    stack.block().forward(parameters, new NDList(x), false).singletonOrThrow());
            x.attach(manager);
        }
        return result;
    }

    @Override
    public void close() {
        manager.close();
    }
}
