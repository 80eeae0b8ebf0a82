package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerNormalization;
import dev.gatun.layers.RmsNormalization;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Normalizations, over the features of the model's last axis. */
final class NormNodes {

    private static final int MOST_AXES = 3;

    private NormNodes() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("BatchNormalization", NormNodes::batch);
        all.put("LayerNormalization", NormNodes::layer);
        all.put("InstanceNormalization", call -> channels(call, GroupNormalization.INSTANCE));
        all.put("GroupNormalization", call -> channels(call, Math.toIntExact(call.node().whole("num_groups", 1))));
        all.put("RMSNormalization", NormNodes::rootMeanSquare);
    }

    private static void batch(NodeCall call) {
        if (call.node().whole("training_mode", 0) != 0) {
            throw new NotMapped("computes statistics of the batch as in a training, and a model that is read predicts");
        }
        Tracked value = call.tracked(0);
        List<Factor> channels = Axes.plain(value.onnx().get(1));
        put(call, value, channels,
                BatchNormalization.of().epsilon(call.node().real("epsilon", 1e-5f))
                        .momentum(call.node().real("momentum", 0.9f)),
                List.of("gamma", "beta", "moving_mean", "moving_variance"));
    }

    private static void layer(NodeCall call) {
        put(call, call.tracked(0), normalized(call), LayerNormalization.of().epsilon(call.node().real("epsilon", 1e-5f))
                .center(call.has(2)), call.has(2) ? List.of("gamma", "beta") : List.of("gamma"));
    }

    private static void rootMeanSquare(NodeCall call) {
        put(call, call.tracked(0), normalized(call), RmsNormalization.of().epsilon(call.node().real("epsilon", 1e-5f)),
                List.of("scale"));
    }

    /** The axes from the one that is said to the last. */
    private static List<Factor> normalized(NodeCall call) {
        Axes onnx = call.tracked(0).onnx();
        return Axes.plain(MovementNodes.merged(onnx, NodeCall.axis(call.node().whole("axis", -1), onnx.rank()),
                onnx.rank()));
    }

    private static void channels(NodeCall call, int groups) {
        Tracked value = call.tracked(0);
        put(call, value, Axes.plain(value.onnx().get(1)),
                GroupNormalization.groups(groups).epsilon(call.node().real("epsilon", 1e-5f)),
                List.of("gamma", "beta"));
    }

    /** @param names of the layer's weights, in the order of the node's inputs behind the first */
    private static void put(NodeCall call, Tracked value, List<Factor> features, Layer layer, List<String> names) {
        if (features.stream().anyMatch(Factor::isBatch)) {
            throw call.graph().inputs().notBatch(features, "the batch as features");
        }
        List<PlannedWeight> weights = new ArrayList<>();
        long count = Axes.size(features);
        for (int i = 0; i < names.size(); i++) {
            float[] numbers = call.floats(1 + i);
            if (numbers.length != count) {
                throw new NotMapped(
                        "has " + numbers.length + " numbers in " + call.name(1 + i) + ", expected " + count);
            }
            weights.add(new PlannedWeight(names.get(i), Shape.of(numbers.length), numbers, call.node().input(1 + i)));
        }
        Axes beside = Axes.equal(value.axes().last(), features) ? value.axes() : Layouts.behind(value.axes(), features);
        Axes target = beside.rank() > MOST_AXES && layer instanceof GroupNormalization ? Layouts.steps(beside) : beside;
        Ref read = call.graph().arrangement().arranged(value, target);
        call.put(Tracked.of(PlannedCall.of(call.graph().layer(call, LayerChoice.of(layer), weights), read).output(0),
                target, value.onnx()));
    }
}
