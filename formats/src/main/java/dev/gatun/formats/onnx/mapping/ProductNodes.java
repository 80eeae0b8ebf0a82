package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.build.Rearranged;
import dev.gatun.formats.onnx.folding.Folding;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.Dense;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** MatMul and Gemm: a Dense for each matrix of the graph's own, however often it is used. */
final class ProductNodes {

    /** How many products are made while a file is read. */
    private static final long MOST_PRODUCTS = 1L << 27;

    private ProductNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("MatMul", ProductNodes::matMul);
        all.put("Gemm", ProductNodes::gemm);
    }

    private static void matMul(NodeCall call) {
        if (call.value(1) instanceof Tracked other) {
            call.put(MatrixPairs.product(call, call.tracked(0), other));
            return;
        }
        NumberArray matrix = call.numbers(1);
        if (call.value(0) instanceof Constant rows) {
            call.put(folded(call, rows));
            return;
        }
        if (matrix.rank() == 1) {
            Tracked column = dense(call, call.tracked(0), matrix, WeightNumbers.floats(matrix), matrix.size(0), 1);
            call.put(column.in(column.onnx().without(column.onnx().rank() - 1)));
            return;
        }
        if (matrix.rank() != 2) {
            throw new NotMapped("multiplies by numbers of shape " + matrix + ", expected a matrix");
        }
        call.put(dense(call, call.tracked(0), matrix, WeightNumbers.floats(matrix), matrix.size(0), matrix.size(1)));
    }

    private static void gemm(NodeCall call) {
        ParsedNode node = call.node();
        if (node.whole("transA", 0) != 0) {
            throw new NotMapped("multiplies the transpose of its input, which exchanges samples and features");
        }
        NumberArray matrix = call.numbers(1);
        if (call.value(0) instanceof Constant rows) {
            call.put(folded(call, rows));
            return;
        }
        Tracked value = call.tracked(0);
        if (matrix.rank() != 2 || value.onnx().rank() != 2) {
            throw new NotMapped(
                    "multiplies axes " + value.onnx() + " by numbers of shape " + matrix + ", expected matrices");
        }
        boolean isTransposed = node.whole("transB", 0) != 0;
        float alpha = node.real("alpha", 1);
        float[] numbers = WeightNumbers.floats(matrix);
        float[] kernel = isTransposed ? Rearranged.transposed(numbers, matrix.size(0), matrix.size(1)) : numbers;
        Tracked made = dense(call, value, List.of(matrix, alpha, isTransposed), scaled(kernel, alpha),
                matrix.size(isTransposed ? 1 : 0), matrix.size(isTransposed ? 0 : 1));
        float beta = node.real("beta", 1);
        if (!call.has(2) || beta == 0) {
            call.put(made);
        } else if (call.value(2) instanceof Constant constant && constant.isPlain()
                && constant.numbers().count() == matrix.size(isTransposed ? 0 : 1)) {
            float[] bias = scaled(call.floats(2), beta);
            Ref biased = Kernels.biased(call, made.ref(), List.of(constant.numbers(), beta), bias, node.input(2));
            call.put(Tracked.of(biased, made.axes(), made.onnx()));
        } else if (beta == 1) {
            call.put(ArithmeticNodes.two(call, "Add", made, call.value(2)));
        } else {
            throw new NotMapped("adds " + beta + " times a value, expected numbers for each feature");
        }
    }

    /** A product of numbers alone, which are repeated along none but the leading axes. */
    private static Constant folded(NodeCall call, Constant rows) {
        List<NumberArray> all = new ArrayList<>(List.of(rows.numbers()));
        for (int input = 1; input < call.inputs().size(); input++) {
            all.add(call.has(input) ? call.numbers(input) : null);
        }
        call.graph().foldingWork().count(all);
        long products = (long) rows.numbers().count() * all.get(1).count() / Math.max(1, all.get(1).size(0));
        if (products > MOST_PRODUCTS) {
            throw new NotMapped("multiplies numbers that are part of the file, more of them than in reasonable time");
        }
        return new Constant(Folding.computed(call.node(), call.opset(), all).getFirst(), rows.axes());
    }

    private static float[] scaled(float[] numbers, float factor) {
        if (factor == 1) {
            return numbers;
        }
        float[] scaled = new float[numbers.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * numbers[i];
        }
        return scaled;
    }

    /** @param key equal for the same kernel */
    private static Tracked dense(NodeCall call, Tracked value, Object key, float[] kernel, int depth, int width) {
        List<Factor> features = Axes.plain(value.onnx().last());
        if (Axes.size(features) != depth && Axes.size(features) != Factor.UNKNOWN) {
            throw new NotMapped("multiplies axes " + value.onnx() + " by a matrix of " + depth + " rows");
        }
        if (features.stream().anyMatch(Factor::isBatch)) {
            throw call.graph().inputs().notBatch(features, "the batch as features");
        }
        Axes inside = features.isEmpty() && value.axes().rank() > 1 && value.axes().isUnit(value.axes().rank() - 1)
                || Axes.equal(value.axes().last(), features) ? value.axes() : Layouts.behind(value.axes(), features);
        Ref read = call.graph().arrangement().arranged(value, inside);
        PlannedLayer layer = call.graph().shared(List.of("Dense", key),
                () -> new PlannedLayer(call.wish(), KernelLayerChoice.of((hasBias, activation) -> Dense.units(width)
                        .useBias(hasBias).activation(activation), false),
                        List.of(new PlannedWeight("kernel", Shape.of(depth, width), kernel, call.node().input(1))),
                        call.node().label()));
        List<Factor> made = width == 1 ? List.of() : List.of(Factor.of(width));
        return Tracked.of(PlannedCall.of(layer, read).output(0), inside.with(inside.rank() - 1, made),
                value.onnx().with(value.onnx().rank() - 1, made));
    }
}
