package dev.gatun.layers.type.gru;

import dev.gatun.layers.Gru;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.type.recurrent.CellClip;
import dev.gatun.layers.type.recurrent.RecurrentNodes;
import dev.gatun.layers.type.recurrent.WrittenSteps;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Gru} as ONNX's operator GRU, or written out. */
record GruNodes(Gru layer, OnnxCall call) {

    /** ONNX has the gates in Keras's order: update, reset, candidate. */
    private static final List<Integer> GATES = List.of(0, 1, 2);

    List<String> outputs() {
        if (call.arguments().mask() != null
                || !call.hasCellActivations(layer.recurrentActivation(), layer.activation())) {
            return new WrittenSteps(layer, call, this::step).outputs();
        }
        Map<String, OnnxAttribute> attributes = new LinkedHashMap<>(
                call.cellActivations(layer.recurrentActivation(), layer.activation()));
        attributes.put("linear_before_reset", OnnxAttribute.of(layer.resetAfter() ? 1 : 0));
        return new RecurrentNodes(layer, call, new RecurrentNodes.Operator("GRU", GATES, attributes)).outputs();
    }

    private List<String> step(OnnxCall body, String gates, List<String> states) {
        String h = states.getFirst();
        long units = layer.units();
        CellClip clip = new CellClip(layer, body);
        List<String> x = parts(body, gates, "x", List.of(units, units, units));
        List<String> u = recurrent(body, h);
        String update = clip.activation(layer.recurrentActivation(), body.node("Add", x.get(0), u.get(0)));
        String reset = clip.activation(layer.recurrentActivation(), body.node("Add", x.get(1), u.get(1)));
        String candidate = layer.resetAfter()
                ? body.node("Mul", reset, u.get(2))
                : body.node("MatMul", body.node("Mul", reset, h), columns("candidate_kernel", 2, 3));
        String next = clip.activation(layer.activation(), body.node("Add", x.get(2), candidate));
        String kept = body.node("Mul", update, h);
        String taken = body.node("Mul", body.node("Sub", body.constant(1), update), next);
        return List.of(body.node("Add", kept, taken));
    }

    /** h U and its bias for each gate; without reset_after not for the candidate. */
    private List<String> recurrent(OnnxCall body, String h) {
        long units = layer.units();
        if (!layer.resetAfter()) {
            String both = body.node("MatMul", h, columns("gates_kernel", 0, 2));
            return parts(body, both, "h", List.of(units, units));
        }
        String all = body.node("MatMul", h, call.initializer("recurrent_kernel"));
        String added = layer.useBias()
                ? body.node("Add", all, WrittenSteps.biasRow(call, 1, "recurrent_bias"))
                : all;
        return parts(body, added, "h", List.of(units, units, units));
    }

    private static List<String> parts(OnnxCall body, String gates, String name, List<Long> sizes) {
        List<String> names = sizes.stream().map(size -> name).toList();
        return body.node("Split", List.of(gates), names, Map.of("axis", OnnxAttribute.of(-1)));
    }

    /** The recurrent kernel's columns of some gates. */
    private String columns(String name, int firstGate, int endGate) {
        Tensor kernel = call.weight("recurrent_kernel");
        int rows = (int) kernel.shape().dim(0);
        int all = (int) kernel.shape().last();
        int first = firstGate * layer.units();
        int count = endGate * layer.units() - first;
        float[] own = kernel.toArray();
        float[] part = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(own, row * all + first, part, row * count, count);
        }
        return call.initializer(name, Shape.of(rows, count), part);
    }
}
