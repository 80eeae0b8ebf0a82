package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Padding;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.List;

/** Nodes that make more steps of fewer. */
final class WideningNodes {

    private WideningNodes() {}

    static void transposed(NodeCall call) {
        ParsedNode node = call.node();
        NumberArray kernel = call.numbers(1);
        Tracked value = call.tracked(0);
        boolean isPlain = node.whole("group", 1) == 1 && isAll(node.wholes("dilations"), 1)
                && isAll(node.wholes("output_padding"), 0) && !node.has("output_shape")
                && node.text("auto_pad", "NOTSET").equals("NOTSET");
        if (!isPlain || kernel.rank() != 3 || value.onnx().rank() != 3) {
            throw new NotMapped("has groups, dilations, output_padding, output_shape, auto_pad or two axes of steps,"
                    + " and a layer has none of them");
        }
        int width = kernel.size(0);
        int filters = kernel.size(1);
        int size = kernel.size(2);
        int stride = at(node.wholes("strides"), 0, 1);
        int before = at(node.wholes("pads"), 0, 0);
        int behind = at(node.wholes("pads"), 1, 0);
        long steps = Axes.size(value.onnx().get(2));
        if (Axes.size(value.onnx().get(1)) != width || size < stride || before < 0 || behind < 0) {
            throw new NotMapped("reads axes " + value.onnx() + " with a kernel of shape " + kernel + ", strides of "
                    + stride + " and pads of " + before + " and " + behind);
        }
        Axes inside = new Axes(List.of(value.axes().get(0), Axes.plain(value.onnx().get(2)),
                Axes.plain(value.onnx().get(1))));
        PlannedLayer layer = call.graph().layer(call, KernelLayerChoice.of((hasBias, activation) -> Conv1DTranspose
                .of(filters, size).strides(stride).padding(Padding.VALID).useBias(hasBias).activation(activation),
                false),
                List.of(new PlannedWeight("kernel", Shape.of(size, filters, width),
                        turned(WeightNumbers.floats(kernel), width, filters, size), node.input(1))));
        Ref ref = PlannedCall.of(layer, call.graph().arrangement().arranged(value, inside)).output(0);
        if (call.has(2)) {
            ref = Kernels.biased(call, ref, call.numbers(2), call.floats(2), node.input(2));
        }
        if (before + behind > 0) {
            ref = PlannedCall.of(call.graph().plain(call.wish() + "_cropped", Cropping1D.of(before, behind)), ref)
                    .output(0);
        }
        long made = steps == Factor.UNKNOWN ? steps : (steps - 1) * stride + size - before - behind;
        put(call, value, ref, made, filters == 1 ? List.of() : List.of(Factor.of(filters)));
    }

    private static void put(NodeCall call, Tracked value, Ref ref, long made, List<Factor> channels) {
        List<Factor> steps = made == 1 ? List.of() : List.of(Factor.of(made));
        call.put(Tracked.of(ref, new Axes(List.of(value.axes().get(0), steps, channels)),
                value.onnx().with(1, channels).with(2, steps)));
    }

    private static boolean isAll(long[] said, long expected) {
        return said == null || Arrays.stream(said).allMatch(one -> one == expected);
    }

    private static int at(long[] said, int place, int otherwise) {
        return said == null || place >= said.length ? otherwise : Math.toIntExact(said[place]);
    }

    /** ONNX: features, filters, taps; Keras: taps, filters, features. */
    private static float[] turned(float[] kernel, int width, int filters, int size) {
        float[] turned = new float[kernel.length];
        for (int i = 0; i < width; i++) {
            for (int filter = 0; filter < filters; filter++) {
                for (int tap = 0; tap < size; tap++) {
                    turned[(tap * filters + filter) * width + i] = kernel[(i * filters + filter) * size + tap];
                }
            }
        }
        return turned;
    }

    /** Each step several times. */
    static void resized(NodeCall call) {
        Tracked value = call.tracked(0);
        ParsedNode node = call.node();
        if (!node.text("mode", "nearest").equals("nearest") || value.onnx().rank() != 3
                || node.has("axes")
                || !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")
                || node.text("coordinate_transformation_mode", "half_pixel").startsWith("align")
                || node.text("coordinate_transformation_mode", "").startsWith("tf_")) {
            throw new NotMapped("makes steps in between or of parts of them, and a layer repeats whole ones");
        }
        long[] times = times(call, value);
        if (times[0] != 1 || times[1] != 1 || times[2] < 1) {
            throw new NotMapped("repeats each sample, feature and step " + Arrays.toString(times)
                    + " times, and a layer repeats steps");
        }
        boolean isAsymmetric = node.text("coordinate_transformation_mode", "half_pixel").equals("asymmetric")
                || node.operator().equals("Upsample");
        String rounding = node.text("nearest_mode", "round_prefer_floor");
        if (times[2] > 1 && !node.operator().equals("Upsample")
                && (isAsymmetric ? !rounding.equals("floor") : !rounding.startsWith("round_prefer"))) {
            throw new NotMapped("takes the nearest step by the mode " + rounding
                    + ", which does not repeat each step alike");
        }
        Axes inside = new Axes(List.of(value.axes().get(0), Axes.plain(value.onnx().get(2)),
                Axes.plain(value.onnx().get(1))));
        Ref read = call.graph().arrangement().arranged(value, inside);
        Ref ref = times[2] == 1
                ? read
                : PlannedCall.of(call.graph().layer(call, UpSampling1D.of(Math.toIntExact(times[2]))), read).output(0);
        long steps = Axes.size(value.onnx().get(2));
        put(call, value, ref, steps == Factor.UNKNOWN ? steps : steps * times[2], Axes.plain(value.onnx().get(1)));
    }

    private static long[] times(NodeCall call, Tracked value) {
        int scales = call.node().operator().equals("Upsample") || call.opset() < 11 ? 1 : 2;
        long[] times = new long[3];
        if (call.node().has("scales") || call.has(scales) && call.numbers(scales).count() == times.length) {
            List<Float> said = call.node().reals("scales");
            for (int axis = 0; axis < times.length; axis++) {
                float one = call.node().has("scales") ? said.get(axis) : call.floats(scales)[axis];
                times[axis] = one == Math.rint(one) ? (long) one : 0;
            }
            return times;
        }
        for (int axis = 0; axis < times.length; axis++) {
            long now = value.onnx().size(axis);
            Sizes.Size size = call.sizes(scales + 1).entries().get(axis);
            boolean isSame = !size.isNumber() && Axes.equal(size.factors(), value.onnx().get(axis));
            times[axis] = isSame ? 1 : size.isNumber() && now > 0 && size.number() % now == 0 ? size.number() / now : 0;
        }
        return times;
    }
}
