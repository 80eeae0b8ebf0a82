package dev.gatun.layers.type.lstm;

import dev.gatun.layers.Lstm;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.type.recurrent.RecurrentNodes;
import dev.gatun.layers.type.recurrent.WrittenSteps;
import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@link Lstm} as ONNX's operator LSTM, with peepholes, coupled gates and clipped pre-activations where it has them, or
 * written out.
 */
final class LstmNodes {

    /** ONNX has the gates in the order input, output, forget, candidate. */
    private static final List<Integer> GATES = List.of(0, 3, 1, 2);
    /** Of a coupled layer, whose gates are input, candidate and output. */
    private static final List<Integer> COUPLED = List.of(0, 2, RecurrentNodes.NO_GATE, 1);
    private static final int FORGET = 2;

    private final Lstm layer;
    private final OnnxCall call;

    LstmNodes(Lstm layer, OnnxCall call) {
        this.layer = layer;
        this.call = call;
    }

    List<String> outputs() {
        if (!hasOperator()) {
            return new WrittenSteps(layer, call, new LstmStep(layer)).outputs();
        }
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>(call.cellActivations(
                layer.recurrentActivation(), layer.activation(), layer.outputActivation()));
        if (layer.couplesInputForget()) {
            attributes.put("input_forget", OnnxAttribute.of(1));
        }
        return new RecurrentNodes(layer, call,
                new RecurrentNodes.Operator("LSTM", layer.couplesInputForget() ? COUPLED : GATES, attributes)
                        .adding(FORGET, (float) layer.forgetBias()).reading(peepholes()))
                .outputs();
    }

    /**
     * ONNX's LSTM has no layer norm and no projection, clips the gates' sums but not the cell state, and leaves steps out only
     * at the end of a sequence, where it gives zeros instead of the last output.
     */
    private boolean hasOperator() {
        return call.arguments().mask() == null && !layer.hasLayerNorm() && layer.projection() == 0
                && layer.cellClip() == 0 && call.hasCellActivations(
                        layer.recurrentActivation(), layer.activation(), layer.outputActivation());
    }

    /** ONNX has them in the order input, output, forget; empty for none. */
    private String peepholes() {
        if (!layer.hasPeepholes()) {
            return "";
        }
        int units = layer.units();
        float[] all = new float[3 * units];
        copy("input_peephole", all, 0);
        copy("output_peephole", all, units);
        if (!layer.couplesInputForget()) {
            copy("forget_peephole", all, 2 * units);
        }
        return call.initializer("P", Shape.of(1, 3L * units), all);
    }

    private void copy(String weight, float[] all, int first) {
        System.arraycopy(call.weight(weight).toArray(), 0, all, first, layer.units());
    }
}
