package dev.gatun.perf.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;

/** One step at a time; states go from call to call as tensors. */
final class TorchStep implements Contender {

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final ParameterStore parameters = new ParameterStore(manager, false);
    private final TorchStack stack;
    private final NDArray x;
    private NDArray h;
    private NDArray c;
    private NDArray y;

    TorchStep(Stack shape, Material material) {
        this.stack = new TorchStack(shape, true);
        stack.initialize(manager);
        stack.load(material);
        this.x = stack.input(manager, material);
        Shape state = new Shape(shape.units().size(), shape.batch(), shape.units().getFirst());
        this.h = manager.zeros(state);
        this.c = manager.zeros(state);
        this.y = manager.zeros(new Shape(1, shape.batch(), shape.outputs()));
    }

    @Override
    public void run() {
        NDList next = stack.block().forward(parameters, new NDList(x, h, c), false);
        y.close();
        h.close();
        c.close();
        y = next.get(0);
        h = next.get(1);
        c = next.get(2);
    }

    @Override
    public float[] result() {
        return y.toFloatArray();
    }

    @Override
    public void close() {
        manager.close();
    }
}
