package dev.gatun.tests.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A function of each number as a layer.
 *
 * @param value of a number
 * @param slope at it
 * @param kinks where it has none
 */
public record RefFunction(DoubleUnaryOperator value, DoubleUnaryOperator slope, double... kinks)
        implements
            RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        double near = Arrays.stream(x.values()).flatMap(
                number -> Arrays.stream(kinks).map(kink -> Math.abs(number - kink))).min()
                .orElse(Double.POSITIVE_INFINITY);
        RefTensor y = new RefTensor(x.shape(), Arrays.stream(x.values()).map(value).toArray());
        return new RefLayers.Simple(y, mask, near, (gOutputs, gradients) -> {
            double[] back = gOutputs.getFirst().values().clone();
            Arrays.setAll(back, i -> back[i] * slope.applyAsDouble(x.values()[i]));
            return List.of(new RefTensor(x.shape(), back));
        });
    }
}
