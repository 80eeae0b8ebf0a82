package dev.gatun.perf.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.recurrent.RecurrentBlock;
import dev.gatun.perf.workload.Cell;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.paired.GateWeights;
import dev.gatun.perf.paired.Material;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stack as blocks of DJL, time-major; layers of one size that go forward are one call of PyTorch's own stacked LSTM or GRU.
 * PyTorch has the kernels transposed, and of an LSTM a second bias, which stays zero and untrained.
 */
final class TorchStack implements TorchNet {

    private static final int[] LSTM_ORDER = {0, 1, 2, 3};
    /** PyTorch has a GRU's gates reset, update, candidate; these are their places in Keras's order. */
    private static final int[] GRU_ORDER = {1, 0, 2};

    private final Stack stack;
    private final SequentialBlock block = new SequentialBlock();
    private final List<Block> recurrents = new ArrayList<>();
    private final List<Block> dense = new ArrayList<>();

    /** @param states whether the states of the last LSTM are outputs too */
    TorchStack(Stack stack, boolean states) {
        this.stack = stack;
        boolean alike = stack.sides() == 1 && stack.units().stream().distinct().count() == 1;
        for (int layer = 0; layer < (alike ? 1 : stack.units().size()); layer++) {
            RecurrentBlock recurrent = recurrent(
                    stack.units().get(layer), alike ? stack.units().size() : 1, states);
            recurrents.add(recurrent);
            block.add(recurrent);
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

    private RecurrentBlock recurrent(int units, int layers, boolean states) {
        return stack.cell() == Cell.LSTM
                ? with(LSTM.builder(), units, layers, states).build()
                : with(GRU.builder(), units, layers, states).build();
    }

    private <B extends RecurrentBlock.BaseBuilder<B>> B with(B builder, int units, int layers, boolean states) {
        return builder.setStateSize(units).setNumLayers(layers).optBatchFirst(false).optReturnState(states)
                .optBidirectional(stack.sides() == 2)
                .optHasBiases(stack.hasBias());
    }

    private int[] order() {
        return stack.cell() == Cell.LSTM ? LSTM_ORDER : GRU_ORDER;
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

    @Override
    public SequentialBlock block() {
        return block;
    }

    @Override
    public Shape inputShape() {
        return new Shape(stack.time(), stack.batch(), stack.inputs());
    }

    @Override
    public NDArray input(NDManager manager, Material material) {
        return manager.create(
                FloatBuffer.wrap(Axes.swapped(material.x(), stack.batch(), stack.time(), stack.inputs())),
                inputShape());
    }

    @Override
    public NDArray targets(NDManager manager, Material material) {
        return stack.perStep()
                ? manager.create(FloatBuffer.wrap(
                        Axes.swapped(material.y(), stack.batch(), stack.time(), stack.outputs())),
                        new Shape(stack.time(), stack.batch(), stack.outputs()))
                : manager.create(FloatBuffer.wrap(material.y()), new Shape(stack.batch(), stack.outputs()));
    }

    /** Output, time-major if there is one for each step, as [B,T,N]. */
    @Override
    public float[] batchFirst(NDArray output) {
        float[] values = output.toFloatArray();
        return stack.perStep() ? Axes.swapped(values, stack.time(), stack.batch(), stack.outputs()) : values;
    }

    /** The second bias of an LSTM. */
    @Override
    public void freezeAdded() {
        if (stack.hasBias() && stack.cell() == Cell.LSTM) {
            for (int side = 0; side < stack.directions().size(); side++) {
                parameters(side).getLast().freeze(true);
            }
        }
    }

    @Override
    public void load(Material material) {
        for (int side = 0; side < material.layers().size(); side++) {
            GateWeights weights = material.layers().get(side);
            List<float[]> biases = weights.biases(order());
            List<Parameter> parameters = parameters(side);
            TorchNet.set(parameters.get(0), weights.kernel(order()));
            TorchNet.set(parameters.get(1), weights.recurrent(order()));
            for (int i = 2; i < parameters.size(); i++) {
                TorchNet.set(parameters.get(i),
                        i - 2 < biases.size() ? biases.get(i - 2) : new float[weights.bias().length]);
            }
        }
        for (int place = 0; place < dense.size(); place++) {
            var parameters = dense.get(place).getParameters();
            TorchNet.set(parameters.get("weight"),
                    Axes.swapped(material.dense().get(2 * place), stack.denseInputs(place),
                            stack.dense().get(place).width(), 1));
            TorchNet.set(parameters.get("bias"), material.dense().get(2 * place + 1));
        }
    }

    /** Weights of inputs, of h, and two biases, if there are biases, of one direction of a layer. */
    private List<Parameter> parameters(int side) {
        List<Parameter> all = recurrents.stream().flatMap(block -> block.getParameters().values().stream()).toList();
        int parts = all.size() / stack.directions().size();
        return all.subList(parts * side, parts * (side + 1));
    }

    @Override
    public List<float[]> gradients() {
        List<float[]> gradients = new ArrayList<>();
        List<Stack.Side> directions = stack.directions();
        for (int side = 0; side < directions.size(); side++) {
            int units = directions.get(side).units();
            int trained = stack.hasBias() && stack.cell() == Cell.LSTM ? 3 : parameters(side).size();
            for (Parameter parameter : parameters(side).subList(0, trained)) {
                gradients.add(GateWeights.back(TorchNet.gradient(parameter), units, order()));
            }
        }
        for (int place = 0; place < dense.size(); place++) {
            var parameters = dense.get(place).getParameters();
            gradients.add(Axes.swapped(TorchNet.gradient(parameters.get("weight")), stack.dense().get(place).width(),
                    stack.denseInputs(place), 1));
            gradients.add(TorchNet.gradient(parameters.get("bias")));
        }
        return gradients;
    }
}
