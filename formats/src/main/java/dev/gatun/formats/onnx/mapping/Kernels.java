package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Layers with a kernel, a bias and an activation, which ONNX has as several nodes. */
final class Kernels {

    private Kernels() {}

    /** What is read behind a call, with the bias and the activation as part of its layer. */
    private static Ref with(PlannedCall call, Object key, GraphMapping graph,
            Function<PlannedLayer, PlannedLayer> change) {
        PlannedLayer layer = graph.shared(List.of(call.layer(), key), () -> change.apply(call.layer()));
        return new PlannedCall(layer, call.inputs(), List.of(), null).output(0);
    }

    /** Null if it is no layer that could have an activation, or it has one. */
    static Ref activated(NodeCall call, Ref ref, ActivationFunction function) {
        if (!(ref.call().layer().choice() instanceof KernelLayerChoice choice)
                || !choice.activation().equals(ActivationFunction.LINEAR)) {
            return null;
        }
        return with(ref.call(), function, call.graph(), layer -> new PlannedLayer(layer.wish(),
                choice.activated(function), layer.weights(), layer.origin() + ", " + call.node().label()));
    }

    /**
     * @param bias a number for each feature
     * @return null if it is no layer that could have a bias, or has an activation
     */
    static Ref biased(NodeCall call, Ref ref, Object key, float[] bias, String origin) {
        if (!(ref.call().layer().choice() instanceof KernelLayerChoice choice)
                || !choice.activation().equals(ActivationFunction.LINEAR)) {
            return null;
        }
        return with(ref.call(), key, call.graph(), layer -> {
            List<PlannedWeight> weights = new ArrayList<>(layer.weights());
            float[] all = bias.clone();
            if (choice.hasBias()) {
                float[] before = weights.removeLast().numbers();
                for (int i = 0; i < all.length; i++) {
                    all[i] += before[i];
                }
            }
            weights.add(new PlannedWeight("bias", Shape.of(all.length), all, origin));
            return new PlannedLayer(layer.wish(), choice.biased(), weights,
                    layer.origin() + ", " + call.node().label());
        });
    }
}
