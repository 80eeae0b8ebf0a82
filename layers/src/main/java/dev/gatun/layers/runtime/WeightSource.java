package dev.gatun.layers.runtime;

import dev.gatun.memory.ParameterBlock;

/**
 * From where an execution has its weights.
 *
 * @param places    where each layer's lie in a block
 * @param own       the network's own numbers
 * @param gradients of the trained numbers, or null if the execution only goes forward
 * @param reader    chooses the version at every run, or null if the network's own numbers are read
 */
record WeightSource(ModelWeights places, WeightVersion own, ParameterBlock gradients, WeightVersions.Reader reader) {

    static WeightSource of(ModelWeights weights, ParameterBlock gradients) {
        return new WeightSource(weights, weights.own(), gradients, null);
    }

    static WeightSource serving(ModelWeights weights, WeightVersions.Reader reader) {
        return new WeightSource(weights, weights.own(), null, reader);
    }
}
