package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;

/**
 * {@code y = x gain} for each feature.
 *
 * @param layer its name; the gain is given as {@code w/<layer>/gain}
 */
public record RefGain(String layer) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        double[] gain = given.get(weight()).values();
        return new RefLayers.Simple(scaled(x, gain), mask, (gOutputs, gradients) -> {
            RefTensor gGain = RefTensor.zeros(gain.length);
            double[] slopes = gOutputs.getFirst().values();
            for (int i = 0; i < slopes.length; i++) {
                gGain.values()[i % gain.length] += slopes[i] * x.values()[i];
            }
            gradients.add(weight(), gGain);
            return List.of(scaled(gOutputs.getFirst(), gain));
        });
    }

    private String weight() {
        return "w/" + layer + "/gain";
    }

    private static RefTensor scaled(RefTensor x, double[] gain) {
        RefTensor y = RefTensor.zeros(x.shape());
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = x.values()[i] * gain[i % gain.length];
        }
        return y;
    }
}
