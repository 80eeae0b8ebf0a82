package dev.gatun.layers.type.lstm;

import dev.gatun.layers.Lstm;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An LSTM as ONNX's operator of that name, layout 0: it reads [T,B,I], and what it makes has an axis of directions, of which
 * there is one. Dropout is nothing outside of a training.
 */
final class LstmNodes {

    /** ONNX has the gates in the order input, output, forget, candidate: where each lies in Keras's. */
    private static final int[] GATES = {0, 3, 1, 2};

    private final Lstm layer;
    private final OnnxCall call;
    private final int units;

    /** @throws IllegalArgumentException if steps are left out */
    LstmNodes(Lstm layer, OnnxCall call) {
        this.layer = layer;
        this.call = call;
        this.units = layer.units();
        if (call.arguments().mask() != null) {
            throw new IllegalArgumentException("LSTM '" + call.name()
                    + "' reads a mask, and ONNX's LSTM leaves steps out only at the end of a sequence, where it gives zeros "
                    + "instead of the last output; save the model as .gatun, or make it without the mask");
        }
    }

    /** Names of the outputs: the sequence or the last step; then h and c if they are returned. */
    List<String> outputs() {
        boolean sequences = layer.returnsSequences();
        boolean state = layer.returnsState();
        List<String> makes = List.of(sequences ? "Y" : "", !sequences || state ? "Y_h" : "", state ? "Y_c" : "");
        List<String> made = call.node("LSTM", reads(), makes, attributes());
        List<String> outputs = new ArrayList<>();
        String h = made.get(1).isEmpty() ? "" : withoutDirections(made.get(1), 0);
        outputs.add(sequences ? sequence(made.getFirst()) : h);
        if (state) {
            outputs.add(h);
            outputs.add(withoutDirections(made.get(2), 0));
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
        attributes.putAll(call.cellActivations(layer.recurrentActivation(), layer.activation(), layer.activation()));
        return attributes;
    }

    /** [I,4U] as [1,4U,I], gates in ONNX's order. */
    private String gates(String own, String weight) {
        Tensor kernel = call.weight(weight);
        int inputs = (int) kernel.shape().dim(0);
        float[] keras = kernel.toArray();
        float[] onnx = new float[keras.length];
        for (int column = 0; column < 4 * units; column++) {
            for (int input = 0; input < inputs; input++) {
                onnx[column * inputs + input] = keras[input * 4 * units + kerasColumn(column)];
            }
        }
        return call.initializer(own, Shape.of(1, 4L * units, inputs), onnx);
    }

    /** ONNX adds two biases: Keras's, and zeros. */
    private String bias() {
        float[] keras = call.weight("bias").toArray();
        float[] onnx = new float[8 * units];
        for (int column = 0; column < 4 * units; column++) {
            onnx[column] = keras[kerasColumn(column)];
        }
        return call.initializer("B", Shape.of(1, 8L * units), onnx);
    }

    private int kerasColumn(int column) {
        return GATES[column / units] * units + column % units;
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
