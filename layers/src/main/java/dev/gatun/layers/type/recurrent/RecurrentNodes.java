package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent layer as ONNX's operator for it, layout 0: it reads [T,B,I], and what it makes has an axis of directions, of which
 * there is one. Dropout is nothing outside of a training.
 */
public final class RecurrentNodes {

    private final RecurrentLayer<?> layer;
    private final OnnxCall call;
    private final Operator operator;
    private final int units;
    private final int gates;

    /**
     * The operator.
     *
     * @param name       LSTM, GRU or RNN
     * @param gates      which of Keras's gates each of ONNX's is, in ONNX's order
     * @param states     how many there are
     * @param attributes beside the size and the direction
     */
    public record Operator(String name, List<Integer> gates, int states, Map<String, OnnxAttribute> attributes) {}

    /**
     * The nodes of a call.
     *
     * @param layer    its options
     * @param call     what it reads; takes the nodes
     * @param operator what ONNX has for it
     * @throws IllegalArgumentException if steps are left out
     */
    public RecurrentNodes(RecurrentLayer<?> layer, OnnxCall call, Operator operator) {
        this.layer = layer;
        this.call = call;
        this.operator = operator;
        this.units = layer.units();
        this.gates = operator.gates().size();
        if (layer.isStateful()) {
            throw new IllegalArgumentException(layer.kind() + " '" + call.name() + "' is stateful, and an ONNX model "
                    + "keeps nothing between its runs; make it without, and give its state in and out: "
                    + "on(x, state) with returnState()");
        }
        if (call.arguments().mask() != null) {
            throw new IllegalArgumentException(layer.kind() + " '" + call.name() + "' reads a mask, and ONNX's "
                    + operator.name() + " leaves steps out only at the end of a sequence, where it gives zeros "
                    + "instead of the last output; save the model as .gatun, or make it without the mask");
        }
    }

    /**
     * Adds the nodes.
     *
     * @return names of the outputs: the sequence or the last step; then the states if they are returned
     */
    public List<String> outputs() {
        boolean sequences = layer.returnsSequences();
        boolean state = layer.returnsState();
        List<String> makes = new ArrayList<>(List.of(sequences ? "Y" : "", !sequences || state ? "Y_h" : ""));
        if (operator.states() > 1) {
            makes.add(state ? "Y_c" : "");
        }
        List<String> made = call.node(operator.name(), reads(), makes, attributes());
        List<String> outputs = new ArrayList<>();
        String h = made.get(1).isEmpty() ? "" : withoutDirections(made.get(1), 0);
        outputs.add(sequences ? sequence(made.getFirst()) : h);
        if (state) {
            outputs.add(h);
            for (String other : made.subList(2, made.size())) {
                outputs.add(withoutDirections(other, 0));
            }
        }
        return outputs;
    }

    private List<String> reads() {
        List<String> reads = new ArrayList<>();
        reads.add(exchangeBatchAndTime(call.input()));
        reads.add(gates("W", "kernel"));
        reads.add(gates("R", "recurrent_kernel"));
        reads.add(layer.useBias() ? bias() : "");
        reads.add("");
        for (OnnxValue state : call.arguments().initialState()) {
            reads.add(call.node("Unsqueeze", state.name(), call.constants(0)));
        }
        while (reads.getLast().isEmpty()) {
            reads.removeLast();
        }
        return reads;
    }

    private Map<String, OnnxAttribute> attributes() {
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        attributes.put("hidden_size", OnnxAttribute.of(units));
        attributes.put("direction", OnnxAttribute.of(layer.goesBackwards() ? "reverse" : "forward"));
        attributes.putAll(operator.attributes());
        return attributes;
    }

    /** [I,GU] as [1,GU,I], gates in ONNX's order. */
    private String gates(String own, String weight) {
        Tensor kernel = call.weight(weight);
        int inputs = (int) kernel.shape().dim(0);
        float[] keras = kernel.toArray();
        float[] onnx = new float[keras.length];
        for (int column = 0; column < gates * units; column++) {
            for (int input = 0; input < inputs; input++) {
                onnx[column * inputs + input] = keras[input * gates * units + kerasColumn(column)];
            }
        }
        return call.initializer(own, Shape.of(1, (long) gates * units, inputs), onnx);
    }

    /** ONNX adds two biases: Keras's two, or its one and zeros. */
    private String bias() {
        float[] keras = call.weight("bias").toArray();
        int columns = gates * units;
        float[] onnx = new float[2 * columns];
        for (int first = 0; first < keras.length; first += columns) {
            for (int column = 0; column < columns; column++) {
                onnx[first + column] = keras[first + kerasColumn(column)];
            }
        }
        return call.initializer("B", Shape.of(1, 2L * columns), onnx);
    }

    private int kerasColumn(int column) {
        return operator.gates().get(column / units) * units + column % units;
    }

    /** [T,1,B,U] as [B,T,U]. ONNX returns what went backwards in the order of the input, Keras in that of processing. */
    private String sequence(String y) {
        String steps = withoutDirections(y, 1);
        if (layer.goesBackwards()) {
            steps = call.node("Slice", steps, call.constants(-1), call.constants(Long.MIN_VALUE), call.constants(0),
                    call.constants(-1));
        }
        return exchangeBatchAndTime(steps);
    }

    private String withoutDirections(String value, int axis) {
        return call.node("Squeeze", value, call.constants(axis));
    }

    private String exchangeBatchAndTime(String value) {
        return call.node("Transpose", List.of(value), Map.of("perm", OnnxAttribute.all(1, 0, 2)));
    }
}
