package dev.gatun.layers.type.lstm;

import dev.gatun.layers.Lstm;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.type.recurrent.CellClip;
import dev.gatun.layers.type.recurrent.CellNodes;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A step of an {@link Lstm} as ONNX nodes, with everything it may have.
 *
 * @param layer its options
 */
record LstmStep(Lstm layer) implements CellNodes {

    private static final Map<String, OnnxAttribute> OVER_UNITS = Map.of("axes", OnnxAttribute.all(-1), "keepdims",
            OnnxAttribute.of(1));

    @Override
    public List<String> step(OnnxCall body, String gates, List<String> states) {
        String h = states.getFirst();
        String before = states.getLast();
        String z = body.node("Add", gates, body.node("MatMul", h, body.initializer("recurrent_kernel")));
        int count = layer.couplesInputForget() ? 3 : 4;
        List<String> sums = body.node("Split", List.of(z), Collections.nCopies(count, "gate"),
                Map.of("axis", OnnxAttribute.of(-1)));
        String input = gate(body, normalized(body, sums.getFirst(), 0), "input_peephole", before);
        String forget = layer.couplesInputForget()
                ? body.node("Sub", body.constant(1), input)
                : gate(body, forgetSum(body, normalized(body, sums.get(1), 1)), "forget_peephole", before);
        String candidate = new CellClip(layer, body).activation(layer.activation(),
                normalized(body, sums.get(count - 2), 2));
        String c = state(body, body.node("Add", body.node("Mul", forget, before),
                body.node("Mul", input, candidate)));
        String output = gate(body, normalized(body, sums.get(count - 1), 3), "output_peephole", c);
        String next = body.node("Mul", output, body.activation(layer.outputActivation(), c));
        return List.of(layer.projection() == 0
                ? next
                : body.node("MatMul", next, body.initializer("projection_kernel")), c);
    }

    private String gate(OnnxCall body, String sum, String peephole, String c) {
        String seen = layer.hasPeepholes()
                ? body.node("Add", sum, body.node("Mul", body.initializer(peephole), c))
                : sum;
        return new CellClip(layer, body).activation(layer.recurrentActivation(), seen);
    }

    private String forgetSum(OnnxCall body, String sum) {
        return layer.forgetBias() == 0 ? sum : body.node("Add", sum, body.constant((float) layer.forgetBias()));
    }

    private String state(OnnxCall body, String c) {
        if (layer.hasLayerNorm()) {
            return body.node("Add", body.node("Mul", normal(body, c), body.initializer("state_gamma")),
                    body.initializer("state_beta"));
        }
        float limit = (float) layer.cellClip();
        return limit == 0 ? c : body.node("Clip", c, body.constant(-limit), body.constant(limit));
    }

    private String normalized(OnnxCall body, String sum, int gate) {
        return layer.hasLayerNorm()
                ? body.node("Add", body.node("Mul", normal(body, sum), part(body, "gate_gamma", gate)),
                        part(body, "gate_beta", gate))
                : sum;
    }

    private String part(OnnxCall body, String weight, int gate) {
        int units = layer.units();
        return body.initializer(weight + "/" + gate, Shape.of(units),
                Arrays.copyOfRange(body.weight(weight).toArray(), gate * units, (gate + 1) * units));
    }

    private String normal(OnnxCall body, String x) {
        String apart = body.node("Sub", x, body.node("ReduceMean", List.of(x), OVER_UNITS));
        String variance = body.node("ReduceMean", List.of(body.node("Mul", apart, apart)), OVER_UNITS);
        String deviation = body.node("Sqrt",
                body.node("Add", variance, body.constant((float) layer.layerNormEpsilon())));
        return body.node("Div", apart, deviation);
    }
}
