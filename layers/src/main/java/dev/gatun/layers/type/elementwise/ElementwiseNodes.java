package dev.gatun.layers.type.elementwise;

import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * An {@link Elementwise} as ONNX nodes. Truth is 1 and 0, as a float, of which ONNX's logic wants true and false.
 *
 * @param layer its options
 * @param call  takes the nodes
 */
record ElementwiseNodes(Elementwise layer, OnnxCall call) {

    String output() {
        List<String> arguments = arguments();
        String x = arguments.getFirst();
        String y = arguments.size() > 1 ? arguments.get(1) : "";
        String z = arguments.size() > 2 ? arguments.get(2) : "";
        Function function = layer.function();
        return switch (function) {
            case IDENTITY, STOP_GRADIENT -> x;
            case ACTIVATION -> call.activation(layer.activation().orElseThrow(), x);
            case NEGATIVE -> call.node("Neg", x);
            case ABSOLUTE -> call.node("Abs", x);
            case SQUARE -> call.node("Mul", x, x);
            case SQRT -> call.node("Sqrt", x);
            case RSQRT -> call.node("Reciprocal", call.node("Sqrt", x));
            case LOG -> call.node("Log", x);
            case LOG1P -> log1p(x);
            case RECIPROCAL -> call.node("Reciprocal", x);
            case SIN -> call.node("Sin", x);
            case COS -> call.node("Cos", x);
            case SIGN -> call.node("Sign", x);
            case FLOOR -> call.node("Floor", x);
            case CEIL -> call.node("Ceil", x);
            case ROUND -> call.node("Round", x);
            case TRUNCATE -> call.node("Where", call.node("Less", x, call.constant(0)), call.node("Ceil", x),
                    call.node("Floor", x));
            case ZEROS_LIKE -> call.node("Expand", call.constant(0), call.node("Shape", x));
            case ONES_LIKE -> call.node("Expand", call.constant(1), call.node("Shape", x));
            case IS_TRUE -> number(isTrue(x));
            case LOGICAL_NOT -> number(call.node("Not", isTrue(x)));
            case ADD -> call.node("Add", x, y);
            case SUBTRACT -> call.node("Sub", x, y);
            case MULTIPLY -> call.node("Mul", x, y);
            case DIVIDE -> call.node("Div", x, y);
            case FLOOR_DIVIDE -> call.node("Floor", call.node("Div", x, y));
            case POWER -> call.node("Pow", x, y);
            case MAXIMUM -> call.node("Max", x, y);
            case MINIMUM -> call.node("Min", x, y);
            case EQUAL -> number(call.node("Equal", x, y));
            case NOT_EQUAL -> number(call.node("Not", call.node("Equal", x, y)));
            case GREATER -> number(call.node("Greater", x, y));
            case GREATER_EQUAL -> number(call.node("GreaterOrEqual", x, y));
            case LESS -> number(call.node("Less", x, y));
            case LESS_EQUAL -> number(call.node("LessOrEqual", x, y));
            case LOGICAL_AND -> number(call.node("And", isTrue(x), isTrue(y)));
            case LOGICAL_OR -> number(call.node("Or", isTrue(x), isTrue(y)));
            case LOGICAL_XOR -> number(call.node("Xor", isTrue(x), isTrue(y)));
            case WHERE -> call.node("Where", isTrue(x), y, z);
            case CLIP -> call.node("Min", call.node("Max", x, y), z);
        };
    }

    /** Values where the layer names no number. */
    private List<String> arguments() {
        Iterator<OnnxValue> values = call.arguments().inputs().iterator();
        List<String> arguments = new ArrayList<>();
        for (Optional<Double> number : layer.arguments()) {
            arguments.add(number.isPresent()
                    ? call.constant(number.get().floatValue())
                    : call.floats(values.next()));
        }
        values.forEachRemaining(value -> arguments.add(call.floats(value)));
        return arguments;
    }

    private String isTrue(String x) {
        return call.node("Not", call.node("Equal", x, call.constant(0)));
    }

    private String number(String truth) {
        return call.cast(truth, OnnxType.FLOAT);
    }

    /** x log(u) / (u - 1) where u is 1 + x as it is rounded, and x where that is 1: log(1 + x) would lose what u has lost. */
    private String log1p(String x) {
        String u = call.node("Add", x, call.constant(1));
        String ratio = call.node("Div", call.node("Log", u), call.node("Sub", u, call.constant(1)));
        return call.node("Where", call.node("Equal", u, call.constant(1)), x, call.node("Mul", x, ratio));
    }
}
