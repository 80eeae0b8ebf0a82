package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.OnnxLoop;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A recurrent layer as a loop over its steps, written out: for what ONNX's own operators do not have, as masks, layer norms,
 * projections and most activations. The product with the input is one for all steps, before the loop.
 */
public final class WrittenSteps {

    private final RecurrentLayer<?> layer;
    private final OnnxCall call;
    private final CellNodes cell;
    private final FirstStates first;
    private final int width;

    /**
     * The loop.
     *
     * @param layer its options
     * @param call  what it reads; takes the nodes
     * @param cell  makes a step
     */
    public WrittenSteps(RecurrentLayer<?> layer, OnnxCall call, CellNodes cell) {
        this.layer = layer;
        this.call = call;
        this.cell = cell;
        this.first = new FirstStates(layer, call);
        this.width = layer.stateWidths().getFirst();
    }

    /**
     * Adds the nodes.
     *
     * @return names of the outputs: the sequence or the last step; then the states if they are returned
     */
    public List<String> outputs() {
        OnnxValue mask = call.arguments().mask();
        List<OnnxValue> begins = new ArrayList<>(first.ofLoop());
        int states = begins.size();
        List<OnnxValue> sequences = new ArrayList<>(List.of(gates()));
        if (mask != null) {
            begins.add(first.zeros(width)); // what is shown where a step does not count
            sequences.add(counted(mask));
        }
        OnnxLoop loop = new OnnxLoop(call, layer.goesBackwards(), begins, sequences);
        List<String> next = mask == null
                ? cell.step(loop.body(), loop.steps().getFirst(), loop.states())
                : masked(loop, states);
        String shown = mask == null ? next.getFirst() : next.getLast();
        List<String> made = loop.run(next, layer.returnsSequences()
                ? List.of(new OnnxValue(shown, OnnxType.FLOAT, Shape.of(Shape.UNKNOWN, width)))
                : List.of());
        List<String> outputs = new ArrayList<>();
        outputs.add(layer.returnsSequences() ? exchanged(made.getLast()) : made.get(mask == null ? 0 : states));
        if (layer.returnsState()) {
            outputs.addAll(made.subList(0, states));
        }
        return outputs;
    }

    /** x K and the bias of all steps, [T,B,GU]. */
    private OnnxValue gates() {
        String product = call.node("MatMul", exchanged(call.input()), call.initializer("kernel"));
        String gates = layer.useBias() ? call.node("Add", product, inputBias(call)) : product;
        return new OnnxValue(gates, OnnxType.FLOAT,
                Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, call.weight("kernel").shape().last()));
    }

    /** The bias, or the first of two. */
    private static String inputBias(OnnxCall call) {
        Tensor bias = call.weight("bias");
        return bias.shape().rank() == 1 ? call.initializer("bias") : biasRow(call, 0, "input_bias");
    }

    /**
     * One of two biases as a row.
     *
     * @param call  of the layer
     * @param row   0 for the input's, 1 for the recurrent one
     * @param name  within the layer
     * @return the name of the value [GU]
     */
    public static String biasRow(OnnxCall call, int row, String name) {
        Tensor bias = call.weight("bias");
        int columns = (int) bias.shape().last();
        return call.initializer(name, Shape.of(columns),
                Arrays.copyOfRange(bias.toArray(), row * columns, (row + 1) * columns));
    }

    /** Whether a step counts, [T,B,1]. */
    private OnnxValue counted(OnnxValue mask) {
        String steps = call.node("Transpose", List.of(mask.name()), Map.of("perm", OnnxAttribute.all(1, 0)));
        return new OnnxValue(call.node("Unsqueeze", steps, call.constants(2)), OnnxType.BOOL,
                Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 1));
    }

    /** Where a step does not count states stay, and what was shown last is shown again, or zeros. */
    private List<String> masked(OnnxLoop loop, int states) {
        OnnxCall body = loop.body();
        String counts = loop.steps().getLast();
        List<String> before = loop.states().subList(0, states);
        List<String> after = cell.step(body, loop.steps().getFirst(), before);
        List<String> next = new ArrayList<>();
        for (int state = 0; state < states; state++) {
            next.add(body.node("Where", counts, after.get(state), before.get(state)));
        }
        String otherwise = layer.zeroesOutputForMask() ? body.constant(0) : loop.states().getLast();
        next.add(body.node("Where", counts, after.getFirst(), otherwise));
        return next;
    }

    private String exchanged(String value) {
        return call.node("Transpose", List.of(value), Map.of("perm", OnnxAttribute.all(1, 0, 2)));
    }
}
