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

    /** Says that the layer has no such gate: its weights are zeros. */
    public static final int NO_GATE = -1;

    private final RecurrentLayer<?> layer;
    private final OnnxCall call;
    private final Operator operator;
    private final int units;
    private final int gates;

    /**
     * The operator.
     *
     * @param name       LSTM, GRU or RNN
     * @param gates      which of the layer's gates each of ONNX's is, in ONNX's order, or {@link #NO_GATE}
     * @param attributes beside the size, the direction and the clip
     * @param offsetGate which of ONNX's gates something is added to beside the bias
     * @param offset     what is added; 0 for nothing
     * @param last       what the operator reads after the initial states; empty for nothing
     */
    public record Operator(
            String name, List<Integer> gates, Map<String, OnnxAttribute> attributes, int offsetGate,
            float offset, String last) {

        /**
         * An operator to which nothing is added.
         *
         * @param name       LSTM, GRU or RNN
         * @param gates      which of the layer's gates each of ONNX's is
         * @param attributes beside the size, the direction and the clip
         */
        public Operator(String name, List<Integer> gates, Map<String, OnnxAttribute> attributes) {
            this(name, gates, attributes, 0, 0, "");
        }

        /**
         * The same with a constant in the bias.
         *
         * @param gate  which of ONNX's gates it is added to
         * @param value what is added
         * @return a copy
         */
        public Operator adding(int gate, float value) {
            return new Operator(name, gates, attributes, gate, value, last);
        }

        /**
         * The same with one more value that it reads.
         *
         * @param value its name; empty for none
         * @return a copy
         */
        public Operator reading(String value) {
            return new Operator(name, gates, attributes, offsetGate, offset, value);
        }
    }

    /**
     * The nodes of a call.
     *
     * @param layer    its options
     * @param call     what it reads; takes the nodes
     * @param operator what ONNX has for it
     */
    public RecurrentNodes(RecurrentLayer<?> layer, OnnxCall call, Operator operator) {
        this.layer = layer;
        this.call = call;
        this.operator = operator;
        this.units = layer.units();
        this.gates = operator.gates().size();
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
        if (layer.stateWidths().size() > 1) {
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
        reads.add(layer.useBias() || operator.offset() != 0 ? bias() : "");
        reads.add("");
        reads.addAll(new FirstStates(layer, call).ofOperator());
        reads.add(operator.last());
        while (reads.getLast().isEmpty()) {
            reads.removeLast();
        }
        return reads;
    }

    private Map<String, OnnxAttribute> attributes() {
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>();
        attributes.put("hidden_size", OnnxAttribute.of(units));
        attributes.put("direction", OnnxAttribute.of(layer.goesBackwards() ? "reverse" : "forward"));
        if (layer.clip() > 0) {
            attributes.put("clip", OnnxAttribute.of((float) layer.clip()));
        }
        attributes.putAll(operator.attributes());
        return attributes;
    }

    /** [I,GU] as [1,GU,I], gates in ONNX's order. */
    private String gates(String name, String weight) {
        Tensor kernel = call.weight(weight);
        int inputs = (int) kernel.shape().dim(0);
        int columns = (int) kernel.shape().last();
        float[] own = kernel.toArray();
        float[] onnx = new float[gates * units * inputs];
        for (int column = 0; column < gates * units; column++) {
            for (int input = 0; input < inputs && hasGate(column); input++) {
                onnx[column * inputs + input] = own[input * columns + ownColumn(column)];
            }
        }
        return call.initializer(name, Shape.of(1, (long) gates * units, inputs), onnx);
    }

    /** ONNX adds two biases: Keras's two, or its one and zeros. */
    private String bias() {
        int columns = gates * units;
        float[] onnx = new float[2 * columns];
        if (layer.useBias()) {
            copyBias(call.weight("bias"), columns, onnx);
        }
        for (int unit = 0; unit < units; unit++) {
            onnx[operator.offsetGate() * units + unit] += operator.offset();
        }
        return call.initializer("B", Shape.of(1, 2L * columns), onnx);
    }

    private void copyBias(Tensor bias, int columns, float[] onnx) {
        float[] own = bias.toArray();
        int ownColumns = (int) bias.shape().last();
        for (int row = 0; row < own.length / ownColumns; row++) {
            for (int column = 0; column < columns; column++) {
                if (hasGate(column)) {
                    onnx[row * columns + column] = own[row * ownColumns + ownColumn(column)];
                }
            }
        }
    }

    private boolean hasGate(int column) {
        return operator.gates().get(column / units) != NO_GATE;
    }

    private int ownColumn(int column) {
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
