package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.AdaptiveAveragePooling1D;
import dev.gatun.layers.AdaptiveMaxPooling1D;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.GlobalMaxPooling1D;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Mask;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.Padding;
import dev.gatun.layers.PoolingLayer;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.reference.RefStepLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Poolings over windows and over all steps. */
final class PoolingTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
            all.add(instance(MaxPooling1D.of(2).padding(padding), 7, 3, false));
            all.add(instance(MaxPooling1D.of(3).strides(2).padding(padding), 8, 17, false));
            all.add(instance(MaxPooling1D.of(4).strides(1).padding(padding), 6, 1, false));
            all.add(instance(AveragePooling1D.of(2).padding(padding), 7, 3, true));
            all.add(instance(AveragePooling1D.of(3).strides(2).padding(padding), 8, 17, true));
            all.add(instance(AveragePooling1D.of(2).strides(3).padding(padding), 9, 2, true));
        }
        all.add(Instance.of(GlobalMaxPooling1D.of(), global(false, false)).takes(5, 3).gives(3).notStepByStep());
        all.add(Instance.of(GlobalMaxPooling1D.of().keepDims(), global(false, true)).takes(4, 18).gives(1, 18)
                .notStepByStep());
        all.add(Instance.of(GlobalAveragePooling1D.of(), global(true, false)).takes(5, 3).gives(3).notStepByStep());
        all.add(Instance.of(GlobalAveragePooling1D.of().keepDims(), global(true, true)).takes(4, 18).gives(1, 18)
                .notStepByStep());
        all.add(adaptive(AdaptiveMaxPooling1D.of(3), 3, false).takes(7, 4).gives(3, 4));
        all.add(adaptive(AdaptiveMaxPooling1D.of(5), 5, false).takes(3, 2).gives(5, 2));
        all.add(adaptive(AdaptiveAveragePooling1D.of(3), 3, true).takes(8, 17).gives(3, 17));
        all.add(adaptive(AdaptiveAveragePooling1D.of(2), 2, true).takes(6, 3).gives(2, 3));
        return all;
    }

    private static Instance adaptive(Layer layer, int steps, boolean means) {
        return Instance.of(layer, (graph, in) -> graph.add(RefStepLayers.adaptive(NAME, steps, means),
                List.of(in.getFirst()), "y/" + NAME)).notStepByStep();
    }

    private static Instance.Reference global(boolean means, boolean keepsDims) {
        return (graph, in) -> graph.add(RefStepLayers.global(NAME, means, keepsDims), List.of(in.getFirst()),
                "y/" + NAME);
    }

    private static Instance instance(PoolingLayer<?> layer, int time, int features, boolean means) {
        RefStepLayers.Window window = new RefStepLayers.Window(layer.poolSize(), layer.strides(), 1,
                layer.padding().keyword());
        int left = layer.padding() == Padding.VALID ? layer.poolSize() - 1 : 0;
        long steps = (time - left + layer.strides() - 1) / layer.strides();
        return Instance.of(layer, (graph, in) -> graph.add(RefStepLayers.pool(NAME, window, means),
                List.of(in.getFirst()), "y/" + NAME)).takes(time, features).gives(steps, features).notStepByStep();
    }

    /** As Keras on TensorFlow: the first of a window, and all of a whole sequence. */
    @Test
    void equalNumbersHaveTheGradientThatKerasGivesThem() {
        Tensor x = Tensor.of(new float[] {1, 1, 0, 1}, 1, 4, 1);
        Bits.same(gradient(MaxPooling1D.of(2), x, 2), new float[] {1, 0, 0, 1}, "the first of a window");
        Bits.same(gradient(GlobalMaxPooling1D.of(), x, 1), new float[] {1f / 3, 1f / 3, 0, 1f / 3}, "all of them");
    }

    private static float[] gradient(Layer layer, Tensor x, int outputs) {
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1f);
        try (Model model = Sequential.of(Input.sequence(1), layer)) {
            return EnginePass.of(model, List.of(x), List.of(ones)).inputs().getFirst();
        }
    }

    /** A row of nothing but steps that do not count: 0 / 0, as in Keras. */
    @Test
    void theMeanOfNoStepIsNotANumber() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2, 1);
        for (GlobalAveragePooling1D layer : List.of(GlobalAveragePooling1D.of(),
                GlobalAveragePooling1D.of().keepDims())) {
            try (Model model = Sequential.of(Input.sequence(1), layer)) {
                float[] means = model.predict(x, Mask.lengths(0, 1)).toArray();
                assertTrue(Float.isNaN(means[0]), "the mean of none");
                assertEquals(3, means[1], "the mean of the first step");
            }
        }
    }
}
