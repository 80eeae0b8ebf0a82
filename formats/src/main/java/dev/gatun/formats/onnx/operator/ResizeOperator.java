package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.tensors.NumberType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Tensors made larger or smaller along their axes, by what lies around each number of the result. */
final class ResizeOperator {

    private static final String[] OF_RESIZE = {"mode", "coordinate_transformation_mode", "nearest_mode",
        "cubic_coeff_a",
        "exclude_outside", "extrapolation_value"};
    private static final List<String> POLICIES = List.of("stretch", "not_larger", "not_smaller");

    static final List<Operator> OPERATORS = List.of(
            Operator.of("Upsample").to(8).with("mode", "scales").checked((node, constants) -> Resampling.check(node))
                    .makes(call -> resized(call, attribute(call.node()), null)),
            Operator.of("Upsample").from(9).to(9).inputs(2).with("mode")
                    .checked((node, constants) -> Resampling.check(node))
                    .makes(call -> resized(call, call.input(1), null)),
            Operator.of("Resize").from(10).to(10).inputs(2).with("mode")
                    .checked((node, constants) -> Resampling.check(node))
                    .makes(call -> resized(call, call.input(1), null)),
            Operator.of("Resize").from(11).to(17).inputs(1, 4).with(OF_RESIZE)
                    .checked((node, constants) -> Resampling.check(node)).makes(ResizeOperator::resized),
            Operator.of("Resize").from(18).inputs(1, 4)
                    .with(IntStream.range(0, OF_RESIZE.length + 3).mapToObj(i -> i < OF_RESIZE.length
                            ? OF_RESIZE[i]
                            : List.of("antialias", "axes", "keep_aspect_ratio_policy").get(i - OF_RESIZE.length))
                            .toArray(String[]::new))
                    .checked((node, constants) -> Resampling.check(node)).makes(ResizeOperator::resized));

    private ResizeOperator() {}

    private static NumberArray attribute(ParsedNode node) {
        List<Float> scales = node.reals("scales");
        double[] numbers = scales.stream().mapToDouble(Float::doubleValue).toArray();
        return NumberArray.doubles(new int[] {numbers.length}, numbers);
    }

    /** An input without numbers stands for one that is left out. */
    private static NumberArray resized(OperatorCall call) {
        NumberArray scales = call.optional(2);
        NumberArray sizes = call.optional(3);
        boolean hasScales = scales != null && scales.count() > 0;
        boolean hasSizes = sizes != null && sizes.count() > 0;
        if (hasScales == hasSizes) {
            throw new IllegalArgumentException("it has " + (hasScales ? "both scales and sizes" : "no scales or sizes")
                    + ", expected one of them");
        }
        return resized(call, hasScales ? scales : null, hasSizes ? sizes : null);
    }

    private static NumberArray resized(OperatorCall call, NumberArray scales, NumberArray sizes) {
        NumberArray x = call.input(0);
        int rank = x.rank();
        long[] named = call.node().has("axes")
                ? call.node().wholes("axes")
                : IntStream.range(0, rank).asLongStream().toArray();
        OperatorCall.axes(named, rank);
        int[] axes = Arrays.stream(named).mapToInt(axis -> OperatorCall.axis(axis, rank)).toArray();
        NumberArray told = scales == null ? sizes : scales;
        if (told.count() != axes.length) {
            throw new IllegalArgumentException("it has " + told.count() + " scales or sizes for " + axes.length
                    + " axes of " + x);
        }
        float[] factors = new float[axes.length];
        int[] targets = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            factors[i] = scales == null ? (float) sizes.number(i) / x.size(axes[i]) : (float) scales.number(i);
            targets[i] = Reshaping.sizes(scales == null
                    ? (long) sizes.number(i)
                    : (long) Math.floor(x.size(axes[i]) * factors[i]))[0];
            if (!(factors[i] > 0) && x.size(axes[i]) > 0 && targets[i] > 0) {
                throw new IllegalArgumentException("its scale " + factors[i] + " is not above 0");
            }
        }
        if (sizes != null) {
            keepRatio(call.node().text("keep_aspect_ratio_policy", "stretch"), x, axes, factors, targets);
        }
        return along(call, x, axes, factors, targets);
    }

    private static NumberArray along(OperatorCall call, NumberArray x, int[] axes, float[] factors, int... targets) {
        boolean isCropped = call.node().text("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
        int[] shape = x.shape();
        for (int i = 0; i < axes.length; i++) {
            shape[axes[i]] = targets[i];
        }
        Storage.count(shape);
        boolean isNearest = call.node().text("mode", "nearest").equals("nearest");
        // Rounded once, at the end, and not between the axes.
        NumberArray made = isNearest ? x : NumberArray.doubles(x.shape(), Storage.doubles(x));
        for (int i = 0; i < axes.length; i++) {
            Resampling.Axis axis = new Resampling.Axis(x.size(axes[i]), targets[i], factors[i],
                    isCropped ? roi(call, axes.length, i) : 0, isCropped ? roi(call, axes.length, axes.length + i) : 1);
            made = axis.changes() ? Resampling.of(call, axis).resized(made, axes[i]) : made;
        }
        made = isCropped ? Resampling.withOutside(call, made, axes, x, factors, targets) : made;
        return isNearest ? made : whole(call, x.type(), made);
    }

    /** Whole numbers are cut, but behind a wide filter rounded and kept within their type, as in ONNX Runtime. */
    private static NumberArray whole(OperatorCall call, NumberType type, NumberArray made) {
        double[] numbers = made.doubles();
        boolean isWide = call.node().whole("antialias", 0) != 0;
        for (int i = 0; i < numbers.length && type.isWhole(); i++) {
            numbers[i] = isWide
                    ? Math.clamp(Math.floor(numbers[i] + 0.5), (double) Casting.least(type), Casting.most(type))
                    : (float) numbers[i];
        }
        return Storage.rounded(type, made.shape(), numbers);
    }

    /** Begins of all axes, then their ends, as shares of their sizes. */
    static float roi(OperatorCall call, int axes, int index) {
        NumberArray roi = call.input(1);
        if (roi.count() != 2 * axes) {
            throw new IllegalArgumentException("its roi is " + roi + ", expected " + 2 * axes + " numbers");
        }
        return (float) roi.number(index);
    }

    private static void keepRatio(String policy, NumberArray x, int[] axes, float[] factors, int... targets) {
        if (policy.equals("stretch")) {
            return;
        }
        if (!POLICIES.contains(policy)) {
            throw new IllegalArgumentException("its attribute 'keep_aspect_ratio_policy' is '" + policy
                    + "', expected one of " + POLICIES);
        }
        float one = factors[0];
        for (float factor : factors) {
            one = policy.equals("not_larger") ? Math.min(one, factor) : Math.max(one, factor);
        }
        for (int i = 0; i < axes.length; i++) {
            factors[i] = one;
            targets[i] = Reshaping.sizes(Math.round(one * x.size(axes[i])))[0];
        }
    }
}
