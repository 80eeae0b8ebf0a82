package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Layer;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.Padding;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Convolutions and pooling over time, with features behind the steps. */
final class WindowNodes {

    private WindowNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("Conv", WindowNodes::conv);
        all.put("ConvTranspose", WideningNodes::transposed);
        all.put("Resize", WideningNodes::resized);
        all.put("Upsample", WideningNodes::resized);
        all.put("MaxPool", call -> pool(call, true));
        all.put("AveragePool", call -> pool(call, false));
        all.put("Pad", WindowNodes::pad);
    }

    private static void conv(NodeCall call) {
        NumberArray kernel = call.numbers(1);
        Tracked value = call.tracked(0);
        Window window = Window.of(call, value, kernel.rank() == value.onnx().rank() ? kernel : null);
        int filters = kernel.size(0);
        int width = kernel.size(1);
        int groups = Math.toIntExact(call.node().whole("group", 1));
        if (Axes.size(value.onnx().get(1)) != (long) width * groups) {
            throw new NotMapped("reads axes " + value.onnx() + " with a kernel of shape " + kernel + " in " + groups
                    + " groups");
        }
        Ref read = call.graph().arrangement().arranged(value, window.inside(value));
        Padding padding = window.padding();
        if (padding == null) {
            read = PlannedCall.of(call.graph().plain(call.wish() + "_padded",
                    ZeroPadding1D.of(window.before(), window.behind())), read).output(0);
        }
        int size = window.size();
        Padding said = padding == null ? Padding.VALID : padding;
        KernelLayerChoice choice = KernelLayerChoice.of((hasBias, activation) -> Conv1D.of(filters, size).padding(said)
                .groups(groups)
                .strides(window.stride()).dilationRate(window.dilation()).useBias(hasBias).activation(activation),
                false);
        PlannedLayer layer = call.graph().layer(call, choice, List.of(new PlannedWeight("kernel",
                Shape.of(size, width, filters), turned(WeightNumbers.floats(kernel), filters, width, size),
                call.node().input(1))));
        Ref ref = PlannedCall.of(layer, read).output(0);
        if (call.has(2)) {
            ref = Kernels.biased(call, ref, call.numbers(2), call.floats(2), call.node().input(2));
        }
        List<Factor> channels = filters == 1 ? List.of() : List.of(Factor.of(filters));
        put(call, value, window, ref, channels);
    }

    private static void put(NodeCall call, Tracked value, Window window, Ref ref, List<Factor> channels) {
        List<Factor> steps = window.made() == 1 ? List.of() : List.of(Factor.of(window.made()));
        call.put(Tracked.of(ref, new Axes(List.of(value.axes().get(0), steps, channels)),
                value.onnx().with(1, channels).with(window.axis(), steps)));
    }

    /** ONNX: filters, features, taps; Keras: taps, features, filters. */
    private static float[] turned(float[] kernel, int filters, int width, int size) {
        float[] turned = new float[kernel.length];
        for (int filter = 0; filter < filters; filter++) {
            for (int i = 0; i < width; i++) {
                for (int tap = 0; tap < size; tap++) {
                    turned[(tap * width + i) * filters + filter] = kernel[(filter * width + i) * size + tap];
                }
            }
        }
        return turned;
    }

    private static void pool(NodeCall call, boolean isMax) {
        Tracked value = call.tracked(0);
        Window window = Window.of(call, value, null);
        if (window.dilation() != 1) {
            throw new NotMapped("has dilations, which no pooling layer has");
        }
        window.requireNoCeiling(call.node().whole("ceil_mode", 0) != 0);
        Ref read = call.graph().arrangement().arranged(value, window.inside(value));
        Padding padding = window.padding();
        boolean counts = !isMax && call.node().whole("count_include_pad", 0) != 0;
        if (counts && padding != Padding.VALID) {
            read = PlannedCall.of(call.graph().plain(call.wish() + "_padded",
                    ZeroPadding1D.of(window.before(), window.behind())), read).output(0);
            padding = Padding.VALID;
        }
        if (padding != Padding.VALID && padding != Padding.SAME) {
            throw new NotMapped("pads " + window.before() + " steps before and " + window.behind()
                    + " behind, which no pooling layer does; those pad as many as make the steps fit");
        }
        Layer layer = isMax
                ? MaxPooling1D.of(window.size()).strides(window.stride()).padding(padding)
                : AveragePooling1D.of(window.size()).strides(window.stride()).padding(padding);
        put(call, value, window, PlannedCall.of(call.graph().layer(call, layer), read).output(0),
                Axes.plain(value.onnx().get(1)));
    }

    /** Zeros before and behind one axis. */
    private static void pad(NodeCall call) {
        Tracked value = call.tracked(0);
        long[] pads = call.wholes("pads", 1);
        boolean isZero = !call.has(2) || call.value(2) instanceof Constant constant && constant.isAll(0);
        int rank = value.onnx().rank();
        if (!call.node().text("mode", "constant").equals("constant") || !isZero || call.has(3) || pads == null
                || pads.length != 2 * rank || call.node().real("value", 0) != 0) {
            throw new NotMapped("pads by something else than zeros before and behind each axis");
        }
        int padded = -1;
        for (int axis = 0; axis < rank; axis++) {
            if (pads[axis] != 0 || pads[rank + axis] != 0) {
                if (padded >= 0 || pads[axis] < 0 || pads[rank + axis] < 0) {
                    throw new NotMapped("pads several axes, or cuts them");
                }
                padded = axis;
            }
        }
        if (padded < 0) {
            call.put(value);
            return;
        }
        List<Factor> steps = Axes.plain(value.onnx().get(padded));
        if (steps.stream().anyMatch(Factor::isBatch)) {
            throw new NotMapped("adds samples to a batch");
        }
        List<Factor> others = new ArrayList<>(value.axes().flat());
        others.removeAll(steps);
        Factor batch = others.removeFirst();
        Axes inside = new Axes(List.of(List.of(batch), steps, others));
        Ref read = call.graph().arrangement().arranged(value, inside);
        long size = Axes.size(steps);
        List<Factor> made = List
                .of(Factor.of(size == Factor.UNKNOWN ? size : size + pads[padded] + pads[rank + padded]));
        Layer layer = ZeroPadding1D.of(Math.toIntExact(pads[padded]), Math.toIntExact(pads[rank + padded]));
        call.put(Tracked.of(PlannedCall.of(call.graph().layer(call, layer), read).output(0), inside.with(1, made),
                value.onnx().with(padded, made)));
    }
}
