package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.paired.LstmWeights;
import dev.gatun.perf.paired.Material;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stack as blocks of DJL, time-major; layers of one size are one call of PyTorch's own stacked LSTM. PyTorch has the gates
 * in Keras's order, transposed, and a second bias, which stays zero and untrained.
 */
final class TorchStack {

    private static final int[] ORDER = {0, 1, 2, 3};

    private final Stack stack;
    private final SequentialBlock block = new SequentialBlock();
    private final List<Block> lstms = new ArrayList<>();
    private final List<Block> dense = new ArrayList<>();

    /** @param states whether the states of the last LSTM are outputs too */
    TorchStack(Stack stack, boolean states) {
        this.stack = stack;
        boolean alike = stack.units().stream().distinct().count() == 1;
        for (int layer = 0; layer < (alike ? 1 : stack.units().size()); layer++) {
            Block lstm = LSTM.builder().setStateSize(stack.units().get(layer))
                    .setNumLayers(alike ? stack.units().size() : 1).optBatchFirst(false).optReturnState(states).build();
            lstms.add(lstm);
            block.add(lstm);
        }
        if (states) {
            return;
        }
        if (!stack.perStep()) {
            block.add(new LambdaBlock(all -> new NDList(all.singletonOrThrow().get(stack.time() - 1L)), "last step"));
        }
        for (Stack.DensePart part : stack.dense()) {
            Block linear = Linear.builder().setUnits(part.width()).build();
            dense.add(linear);
            block.add(linear);
            function(part.function()).ifPresent(block::add);
        }
    }

    private static Optional<Block> function(String keyword) {
        return switch (keyword) {
            case "linear" -> Optional.empty();
            case "relu" -> Optional.of(Activation.reluBlock());
            case "sigmoid" -> Optional.of(Activation.sigmoidBlock());
            case "tanh" -> Optional.of(Activation.tanhBlock());
            default -> throw new IllegalArgumentException("No block for '" + keyword + "'");
        };
    }

    SequentialBlock block() {
        return block;
    }

    /** For inference; a trainer does this itself. */
    void initialize(NDManager manager) {
        block.initialize(manager, DataType.FLOAT32, new Shape(stack.time(), stack.batch(), stack.inputs()));
    }

    NDArray input(NDManager manager, Material material) {
        return manager.create(
                FloatBuffer.wrap(Axes.swapped(material.x(), stack.batch(), stack.time(), stack.inputs())),
                new Shape(stack.time(), stack.batch(), stack.inputs()));
    }

    /** Output, time-major if there is one for each step, as [B,T,N]. */
    float[] batchFirst(NDArray output) {
        float[] values = output.toFloatArray();
        return stack.perStep() ? Axes.swapped(values, stack.time(), stack.batch(), stack.outputs()) : values;
    }

    /** Before the parameters are initialized: the second bias is not trained. */
    void freezeSecondBias() {
        for (int layer = 0; layer < stack.units().size(); layer++) {
            parameters(layer).get(3).freeze(true);
        }
    }

    void load(Material material) {
        for (int layer = 0; layer < stack.units().size(); layer++) {
            LstmWeights weights = material.layers().get(layer);
            List<Parameter> parameters = parameters(layer);
            set(parameters.get(0), LstmWeights.transposed(weights.kernel(), weights.units(), ORDER));
            set(parameters.get(1), LstmWeights.transposed(weights.recurrent(), weights.units(), ORDER));
            set(parameters.get(2), LstmWeights.transposed(weights.bias(), weights.units(), ORDER));
            set(parameters.get(3), new float[weights.bias().length]);
        }
        for (int place = 0; place < dense.size(); place++) {
            var parameters = dense.get(place).getParameters();
            set(parameters.get("weight"), Axes.swapped(material.dense().get(2 * place), stack.denseInputs(place),
                    stack.dense().get(place).width(), 1));
            set(parameters.get("bias"), material.dense().get(2 * place + 1));
        }
    }

    private static void set(Parameter parameter, float[] values) {
        parameter.getArray().set(FloatBuffer.wrap(values));
    }

    /** Weights of inputs, of h, and the two biases. */
    private List<Parameter> parameters(int layer) {
        Block lstm = lstms.size() == 1 ? lstms.getFirst() : lstms.get(layer);
        List<Parameter> all = lstm.getParameters().values();
        int first = lstms.size() == 1 ? 4 * layer : 0;
        return all.subList(first, first + 4);
    }

    /** Gradients in Keras's order and layout. */
    List<float[]> gradients() {
        List<float[]> gradients = new ArrayList<>();
        for (int layer = 0; layer < stack.units().size(); layer++) {
            int units = stack.units().get(layer);
            for (Parameter parameter : parameters(layer).subList(0, 3)) {
                gradients.add(LstmWeights.back(gradient(parameter), units));
            }
        }
        for (int place = 0; place < dense.size(); place++) {
            var parameters = dense.get(place).getParameters();
            gradients.add(Axes.swapped(gradient(parameters.get("weight")), stack.dense().get(place).width(),
                    stack.denseInputs(place), 1));
            gradients.add(gradient(parameters.get("bias")));
        }
        return gradients;
    }

    private static float[] gradient(Parameter parameter) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
            return gradient.toFloatArray();
        }
    }
}
