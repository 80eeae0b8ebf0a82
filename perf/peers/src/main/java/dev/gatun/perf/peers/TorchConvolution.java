package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv1d;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.workload.Convolution;
import java.nio.FloatBuffer;
import java.util.List;

/** A convolution of PyTorch's, which has channels before time: [B,C,T], and kernels [N,I,K]. */
final class TorchConvolution implements TorchNet {

    private final Convolution shape;
    private final Block block;

    TorchConvolution(Convolution shape) {
        this.shape = shape;
        this.block = Conv1d.builder().setKernelShape(new Shape(shape.taps())).setFilters(shape.filters())
                .optPadding(new Shape(shape.taps() / 2)).build();
    }

    @Override
    public Block block() {
        return block;
    }

    @Override
    public Shape inputShape() {
        return new Shape(shape.batch(), shape.inputs(), shape.time());
    }

    @Override
    public NDArray input(NDManager manager, Material material) {
        return manager.create(FloatBuffer.wrap(channelsFirst(material.x(), shape.inputs())), inputShape());
    }

    @Override
    public NDArray targets(NDManager manager, Material material) {
        return manager.create(FloatBuffer.wrap(channelsFirst(material.y(), shape.filters())),
                new Shape(shape.batch(), shape.filters(), shape.time()));
    }

    private float[] channelsFirst(float[] values, int channels) {
        return swappedInEach(values, shape.batch(), shape.time(), channels);
    }

    @Override
    public float[] batchFirst(NDArray output) {
        return swappedInEach(output.toFloatArray(), shape.batch(), shape.filters(), shape.time());
    }

    @Override
    public void load(Material material) {
        TorchNet.set(parameter("weight"), Axes.swapped(
                Axes.swapped(material.dense().getFirst(), shape.taps(), shape.inputs(), shape.filters()),
                shape.inputs() * shape.taps(), shape.filters(), 1));
        TorchNet.set(parameter("bias"), material.dense().getLast());
    }

    @Override
    public List<float[]> gradients() {
        float[] kernel = Axes.swapped(TorchNet.gradient(parameter("weight")), shape.filters(),
                shape.inputs() * shape.taps(), 1);
        return List.of(Axes.swapped(kernel, shape.inputs(), shape.taps(), shape.filters()),
                TorchNet.gradient(parameter("bias")));
    }

    private Parameter parameter(String name) {
        return block.getParameters().get(name);
    }

    /** Of each of some blocks [rows,columns] the transposed one. */
    private static float[] swappedInEach(float[] values, int blocks, int rows, int columns) {
        float[] swapped = new float[values.length];
        int size = rows * columns;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < size; i++) {
                swapped[block * size + i % columns * rows + i / columns] = values[block * size + i];
            }
        }
        return swapped;
    }
}
