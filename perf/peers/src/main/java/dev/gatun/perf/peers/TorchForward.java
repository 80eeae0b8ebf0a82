package dev.gatun.perf.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.gatun.perf.workload.Net;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;

/** Whole sequences without gradients. */
final class TorchForward implements Contender {

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final ParameterStore parameters = new ParameterStore(manager, false);
    private final TorchNet net;
    private final NDArray x;
    private float[] result;

    TorchForward(Net shape, Material material) {
        this.net = TorchNet.of(shape);
        net.initialize(manager);
        net.load(material);
        this.x = net.input(manager, material);
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
        net.block().forward(parameters, new NDList(x), false);
        return call;
    }

    @Override
    public float[] result() {
        try (NDManager call = manager.newSubManager()) {
            x.attach(call);
            result = net.batchFirst(
                    net.block().forward(parameters, new NDList(x), false).singletonOrThrow());
            x.attach(manager);
        }
        return result;
    }

    @Override
    public void close() {
        manager.close();
    }
}
