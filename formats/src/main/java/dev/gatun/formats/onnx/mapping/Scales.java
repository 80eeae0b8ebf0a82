package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Layer;
import dev.gatun.memory.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A factor and a summand for each feature: a BatchNormalization whose statistics are 0 and 1. Several in a row are one. */
final class Scales {

    private static final LayerChoice UNTRAINED = LayerChoice.of(BatchNormalization.of().epsilon(0).trainable(false));

    /** Tells it from a BatchNormalization of the graph's own. */
    private record ScaleChoice(double[] scale, double[] shift) implements LayerChoice {
        @Override
        public Layer layer(Set<Integer> read) {
            return UNTRAINED.layer(read);
        }
    }

    private Scales() {}

    static Ref of(NodeCall call, Ref read, double[] scale, double... shift) {
        double[] factors = scale;
        double[] summands = shift;
        Ref from = read;
        String origin = call.node().label();
        if (read.call().layer().choice() instanceof ScaleChoice before) {
            factors = scale.clone();
            summands = shift.clone();
            for (int i = 0; i < factors.length; i++) {
                summands[i] += scale[i] * before.shift()[i];
                factors[i] *= before.scale()[i];
            }
            from = read.call().inputs().getFirst();
            origin = read.call().layer().origin() + ", " + origin;
        }
        int width = factors.length;
        float[] zeros = new float[width];
        float[] ones = new float[width];
        Arrays.fill(ones, 1);
        Shape shape = Shape.of(width);
        PlannedLayer layer = new PlannedLayer(call.wish(), new ScaleChoice(factors, summands),
                List.of(new PlannedWeight("gamma", shape, floats(factors), "factors of the nodes"),
                        new PlannedWeight("beta", shape, floats(summands), "summands of the nodes"),
                        new PlannedWeight("moving_mean", shape, zeros, "zeros"),
                        new PlannedWeight("moving_variance", shape, ones, "ones")),
                origin);
        return PlannedCall.of(layer, from).output(0);
    }

    private static float[] floats(double... numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
