package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.workload.Convolution;
import dev.gatun.perf.workload.Net;
import dev.gatun.perf.workload.SelfAttention;
import dev.gatun.perf.workload.Stack;
import java.nio.FloatBuffer;
import java.util.List;

/** A network as a block of DJL, its axes as PyTorch likes them best. */
interface TorchNet {

    static TorchNet of(Net net) {
        return switch (net) {
            case Stack stack -> new TorchStack(stack, false);
            case Convolution convolution -> new TorchConvolution(convolution);
            case SelfAttention attention -> new TorchAttention(attention);
            default -> throw new IllegalArgumentException("No block for " + net);
        };
    }

    Block block();

    Shape inputShape();

    NDArray input(NDManager manager, Material material);

    NDArray targets(NDManager manager, Material material);

    /** Output as Gatun has it. */
    float[] batchFirst(NDArray output);

    void load(Material material);

    /** Gradients in Keras's order and layout. */
    List<float[]> gradients();

    /** For inference; a trainer does this itself. */
    default void initialize(NDManager manager) {
        block().initialize(manager, DataType.FLOAT32, inputShape());
    }

    /** Before the parameters are initialized: what Keras has not is not trained. */
    default void freezeAdded() {}

    static void set(Parameter parameter, float[] values) {
        parameter.getArray().set(FloatBuffer.wrap(values));
    }

    static float[] gradient(Parameter parameter) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
            return gradient.toFloatArray();
        }
    }
}
