package dev.gatun.tests.gradients;

import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;

/** Weights that are the same every time. */
public final class RandomWeights {

    private RandomWeights() {}

    /**
     * @param largest numbers lie in [-largest, largest]
     * @return the model
     */
    public static Model into(Model model, float largest, long seed) {
        long next = seed;
        for (Weight weight : model.weights()) {
            weight.set(Tensor.of(EnginePass.uniform((int) weight.shape().elements(), largest, ++next),
                    weight.shape().toArray()));
        }
        return model;
    }
}
