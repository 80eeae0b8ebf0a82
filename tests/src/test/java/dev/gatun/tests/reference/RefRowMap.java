package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Each number of a sample times a factor and plus an addend, which depend on where in its sample it stands.
 *
 * @param factors by the row-major index in a sample
 * @param addends likewise
 */
public record RefRowMap(IntFunction<Double> factors, IntFunction<Double> addends) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        int each = x.values().length / x.shape()[0];
        RefTensor y = RefTensor.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            y.values()[i] = x.values()[i] * factors.apply(i % each) + addends.apply(i % each);
        }
        return new RefLayers.Simple(y, mask, (gOutputs, gradients) -> {
            RefTensor gradient = RefTensor.zeros(x.shape());
            for (int i = 0; i < x.values().length; i++) {
                gradient.values()[i] = gOutputs.getFirst().values()[i] * factors.apply(i % each);
            }
            return List.of(gradient);
        });
    }
}
