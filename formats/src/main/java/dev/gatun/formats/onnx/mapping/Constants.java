package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Moves;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arithmetic of a value and numbers that the graph brings with it: one for all, or one for each feature. */
final class Constants {

    private Constants() {}

    /** @param isFirst whether the numbers stand before the operator */
    static Tracked with(NodeCall call, String operator, Tracked value, Constant constant, boolean isFirst) {
        Tracked ranked = value.in(Matching.ranked(value.onnx(), constant.rank()));
        Spread spread = Spread.of(ranked, constant);
        if (spread.factors().isEmpty()) {
            return withOne(call, operator, ranked, spread.numbers()[0], isFirst);
        }
        double[] scale = new double[spread.numbers().length];
        double[] shift = new double[scale.length];
        for (int i = 0; i < scale.length; i++) {
            double number = spread.numbers()[i];
            scale[i] = switch (operator) {
                case "Add" -> 1;
                case "Sub" -> isFirst ? -1 : 1;
                case "Mul" -> number;
                case "Div" -> 1 / number;
                default -> throw new NotMapped("computes " + operator
                        + " of a value and a number for each feature, for which there is no layer");
            };
            shift[i] = operator.equals("Add") || isFirst && operator.equals("Sub")
                    ? number
                    : operator.equals("Sub") ? -number : 0;
        }
        if (isFirst && operator.equals("Div")) {
            throw new NotMapped("divides numbers for each feature by a value, for which there is no layer");
        }
        return scaled(call, ranked, spread, constant.numbers(), scale, shift);
    }

    private static Tracked withOne(NodeCall call, String operator, Tracked value, double number, boolean isFirst) {
        boolean isNothing = number == 0 && (operator.equals("Add") || operator.equals("Sub") && !isFirst)
                || number == 1
                        && (operator.equals("Mul") || !isFirst && (operator.equals("Div") || operator.equals("Pow")));
        if (isNothing) {
            return value;
        }
        List<Factor> features = Axes.plain(value.axes().last());
        boolean isOneFeature = features.isEmpty() && value.axes().rank() > 1 && value.parts().size() == 1;
        if (isOneFeature && operator.equals("Add")) {
            Ref biased = Kernels.biased(call, value.ref(), List.of(number), new float[] {(float) number},
                    call.node().input(isFirst ? 0 : 1));
            if (biased != null) {
                return Tracked.of(biased, value.axes(), value.onnx());
            }
        }
        return ArithmeticNodes.withNumber(call, operator, value, number, isFirst);
    }

    private static Tracked scaled(
            NodeCall call, Tracked value, Spread spread, NumberArray key, double[] scale, double... shift) {
        Axes target = spread.target(value);
        Ref read = call.graph().arrangement().arranged(value, target);
        if (Arrays.stream(scale).allMatch(factor -> factor == 1)) {
            Ref biased = Kernels.biased(call, read, List.of(key, shift[0]), floats(shift), "");
            if (biased != null) {
                return Tracked.of(biased, target, value.onnx());
            }
        }
        return Tracked.of(Scales.of(call, read, scale, shift), target, value.onnx());
    }

    private static float[] floats(double... numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /**
     * Numbers as they meet a value.
     *
     * @param factors of the axes along which they differ; empty if all are one
     * @param numbers one for each
     */
    record Spread(List<Factor> factors, double[] numbers) {

        static Spread of(Tracked value, Constant constant) {
            NumberArray numbers = constant.numbers();
            List<Factor> factors = new ArrayList<>();
            int offset = value.onnx().rank() - numbers.rank();
            for (int axis = 0; axis < numbers.rank(); axis++) {
                List<Factor> own = Axes.plain(value.onnx().get(offset + axis));
                if (numbers.size(axis) == 1) {
                    continue;
                }
                boolean isBatch = own.stream().anyMatch(Factor::isBatch);
                if (Moves.isAlike(numbers, axis)) {
                    requireSize(value, own, numbers.size(axis), isBatch);
                    numbers = Moves.part(numbers, axis, 0, 1, 1);
                    continue;
                }
                if (isBatch) {
                    throw new NotMapped("meets other numbers for each sample of a batch of " + numbers.size(axis));
                }
                requireSize(value, own, numbers.size(axis), false);
                factors.addAll(own);
            }
            double[] all = new double[numbers.count()];
            for (int i = 0; i < all.length; i++) {
                all[i] = numbers.number(i);
            }
            return new Spread(factors, all);
        }

        private static void requireSize(Tracked value, List<Factor> own, int size, boolean isBatch) {
            if (!isBatch && Axes.size(own) != size) {
                throw new NotMapped("meets axes " + value.onnx() + " and numbers of which " + size
                        + " lie along one of them");
            }
        }

        float[] floats() {
            return Constants.floats(numbers);
        }

        /** The value with those axes as its last one. */
        Axes target(Tracked value) {
            return Axes.equal(value.axes().last(), factors) ? value.axes() : Layouts.behind(value.axes(), factors);
        }
    }
}
