package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.core.Linear;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.workload.SelfAttention;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Attention as PyTorch computes it step by step: projections, products of all heads at once, softmax. */
final class TorchAttention implements TorchNet {

    private final SelfAttention shape;
    private final TorchHeads block;

    TorchAttention(SelfAttention shape) {
        this.shape = shape;
        this.block = new TorchHeads(shape.heads(), shape.headWidth());
    }

    @Override
    public Block block() {
        return block;
    }

    @Override
    public Shape inputShape() {
        return new Shape(shape.batch(), shape.time(), shape.inputs());
    }

    @Override
    public NDArray input(NDManager manager, Material material) {
        return manager.create(FloatBuffer.wrap(material.x()), inputShape());
    }

    @Override
    public NDArray targets(NDManager manager, Material material) {
        return manager.create(FloatBuffer.wrap(material.y()), inputShape());
    }

    @Override
    public float[] batchFirst(NDArray output) {
        return output.toFloatArray();
    }

    /** Query, key, value, output, each a kernel and a bias. */
    @Override
    public void load(Material material) {
        List<Linear> parts = block.projections();
        for (int part = 0; part < parts.size(); part++) {
            var parameters = parts.get(part).getParameters();
            TorchNet.set(parameters.get("weight"), square(material.dense().get(2 * part)));
            TorchNet.set(parameters.get("bias"), material.dense().get(2 * part + 1));
        }
    }

    @Override
    public List<float[]> gradients() {
        List<float[]> gradients = new ArrayList<>();
        for (Linear part : block.projections()) {
            gradients.add(square(TorchNet.gradient(part.getParameters().get("weight"))));
            gradients.add(TorchNet.gradient(part.getParameters().get("bias")));
        }
        return gradients;
    }

    /** PyTorch has kernels transposed. */
    private float[] square(float[] kernel) {
        return Axes.swapped(kernel, shape.inputs(), shape.inputs(), 1);
    }
}
