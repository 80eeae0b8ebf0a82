package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Activation;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Softmax;
import java.util.List;
import java.util.Map;

/** Functions of one value. */
final class FunctionNodes {

    private static final Map<String, ActivationFunction> PLAIN = Map.ofEntries(
            Map.entry("Relu", ActivationFunction.RELU),
            Map.entry("Sigmoid", ActivationFunction.SIGMOID), Map.entry("Tanh", ActivationFunction.TANH),
            Map.entry("Softplus", ActivationFunction.SOFTPLUS), Map.entry("Softsign", ActivationFunction.SOFTSIGN),
            Map.entry("Exp", ActivationFunction.EXPONENTIAL), Map.entry("HardSwish", ActivationFunction.HARD_SILU),
            Map.entry("Mish", ActivationFunction.MISH));
    private static final Map<String, Function> ELEMENTWISE = Map.ofEntries(Map.entry("Neg", Function.NEGATIVE),
            Map.entry("Abs", Function.ABSOLUTE), Map.entry("Sqrt", Function.SQRT), Map.entry("Log", Function.LOG),
            Map.entry("Reciprocal", Function.RECIPROCAL), Map.entry("Sin", Function.SIN),
            Map.entry("Cos", Function.COS),
            Map.entry("Sign", Function.SIGN), Map.entry("Floor", Function.FLOOR), Map.entry("Ceil", Function.CEIL),
            Map.entry("Round", Function.ROUND), Map.entry("Not", Function.LOGICAL_NOT));
    private static final int FLAT_BEFORE = 13;
    private static final int MOST_AXES = 3;

    private FunctionNodes() {}

    static void register(Map<String, NodeMapping> all) {
        PLAIN.forEach((operator, function) -> all.put(operator, call -> activation(call, function)));
        ELEMENTWISE.forEach((operator, function) -> all.put(operator, call -> elementwise(call, function)));
        all.put("LeakyRelu", call -> activation(call, ActivationFunction.leakyRelu(call.node().real("alpha", 0.01f))));
        all.put("Elu", call -> activation(call, ActivationFunction.elu(call.node().real("alpha", 1))));
        all.put("Celu", call -> activation(call, ActivationFunction.celu(call.node().real("alpha", 1))));
        all.put("ThresholdedRelu",
                call -> activation(call, ActivationFunction.threshold(call.node().real("alpha", 1), 0)));
        all.put("Selu", FunctionNodes::selu);
        all.put("HardSigmoid", FunctionNodes::hardSigmoid);
        all.put("Gelu", call -> activation(call, call.node().text("approximate", "none").equals("tanh")
                ? ActivationFunction.approximateGelu()
                : ActivationFunction.GELU));
        all.put("Clip", FunctionNodes::clip);
        all.put("Softmax", call -> softmax(call, ActivationFunction.SOFTMAX));
        all.put("LogSoftmax", call -> softmax(call, ActivationFunction.LOG_SOFTMAX));
    }

    /** Numbers that are known are computed now. */
    private static boolean isFolded(NodeCall call) {
        if (call.value(0) instanceof Constant constant) {
            call.put(call.folded(constant.axes(), List.of(constant.numbers())));
            return true;
        }
        if (call.value(0) instanceof Sizes) {
            throw new NotMapped("computes with sizes that are known only when the model runs");
        }
        return false;
    }

    private static void activation(NodeCall call, ActivationFunction function) {
        if (!isFolded(call)) {
            call.put(activated(call, call.tracked(0), function));
        }
    }

    /** An activation of a layer that has none yet is its own. */
    static Tracked activated(NodeCall call, Tracked value, ActivationFunction function) {
        Ref ref = call.graph().arrangement().joined(value);
        Ref fused = Kernels.activated(call, ref, function);
        if (fused == null) {
            fused = PlannedCall.of(call.graph().layer(call, Activation.of(function)), ref).output(0);
        }
        return Tracked.of(fused, value.axes(), value.onnx());
    }

    private static void elementwise(NodeCall call, Function function) {
        if (!isFolded(call)) {
            call.put(layered(call, call.tracked(0), Elementwise.of(function)));
        }
    }

    /** A layer that leaves the shape as it is. */
    static Tracked layered(NodeCall call, Tracked value, Layer layer) {
        Ref ref = call.graph().arrangement().joined(value);
        return Tracked.of(PlannedCall.of(call.graph().layer(call, layer), ref).output(0), value.axes(), value.onnx());
    }

    private static void selu(NodeCall call) {
        ParsedNode node = call.node();
        if (Math.abs(node.real("alpha", 1.6732632f) - 1.6732632f) > 1e-6f
                || Math.abs(node.real("gamma", 1.050701f) - 1.050701f) > 1e-6f) {
            throw new NotMapped("has other constants than selu");
        }
        activation(call, ActivationFunction.SELU);
    }

    private static void hardSigmoid(NodeCall call) {
        float alpha = call.node().real("alpha", 0.2f);
        float beta = call.node().real("beta", 0.5f);
        if (beta == 0.5f && (alpha == 0.2f || alpha == 0.5f || Math.abs(alpha - 1f / 6) < 1e-7f)) {
            activation(call, alpha == 0.2f
                    ? ActivationFunction.HARD_SIGMOID_KERAS2
                    : alpha == 0.5f ? ActivationFunction.SPARSE_SIGMOID : ActivationFunction.HARD_SIGMOID);
            return;
        }
        Tracked scaled = layered(call, call.tracked(0), Elementwise.of(Function.MULTIPLY).argument(1, alpha));
        Tracked shifted = layered(call, scaled, Elementwise.of(Function.ADD).argument(1, beta));
        call.put(layered(call, shifted, Elementwise.of(Function.CLIP).argument(1, 0).argument(2, 1)));
    }

    private static void clip(NodeCall call) {
        float low = call.has(1) ? call.floats(1)[0] : call.node().real("min", Float.NEGATIVE_INFINITY);
        float high = call.has(2) ? call.floats(2)[0] : call.node().real("max", Float.POSITIVE_INFINITY);
        boolean hasLow = low > -Float.MAX_VALUE;
        boolean hasHigh = high < Float.MAX_VALUE;
        if (low == 0 && high == 6) {
            call.put(activated(call, call.tracked(0), ActivationFunction.RELU6));
        } else if (hasLow && hasHigh) {
            call.put(layered(call, call.tracked(0), Elementwise.of(Function.CLIP).argument(1, low).argument(2, high)));
        } else if (hasLow) {
            call.put(layered(call, call.tracked(0), Elementwise.of(Function.MAXIMUM).argument(1, low)));
        } else if (hasHigh) {
            call.put(layered(call, call.tracked(0), Elementwise.of(Function.MINIMUM).argument(1, high)));
        } else {
            call.put(call.tracked(0));
        }
    }

    private static void softmax(NodeCall call, ActivationFunction function) {
        Tracked value = call.tracked(0);
        int rank = value.onnx().rank();
        boolean isFlat = call.opset() < FLAT_BEFORE;
        int axis = NodeCall.axis(call.node().whole("axis", isFlat ? 1 : -1), rank);
        List<Factor> factors = Axes.plain(isFlat
                ? MovementNodes.merged(value.onnx(), axis, rank)
                : value.onnx().get(axis));
        if (factors.stream().anyMatch(Factor::isBatch)) {
            throw new NotMapped("makes the numbers of several samples add up to 1");
        }
        if (Axes.equal(value.axes().last(), factors)) {
            call.put(activated(call, value, function));
            return;
        }
        int place = value.axes().find(factors);
        if (place > 0 && !factors.isEmpty() && function == ActivationFunction.SOFTMAX) {
            call.put(layered(call, value, Softmax.axis(place)));
            return;
        }
        Axes behind = Layouts.behind(value.axes(), factors);
        Axes target = behind.rank() > MOST_AXES ? Layouts.steps(behind) : behind;
        Ref ref = call.graph().arrangement().arranged(value, target);
        call.put(activated(call, Tracked.of(ref, target, value.onnx()), function));
    }
}
