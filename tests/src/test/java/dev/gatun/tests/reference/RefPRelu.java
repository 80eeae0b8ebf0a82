package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;

/**
 * x, or alpha x below zero.
 *
 * @param layer its name; alpha is given as {@code w/<layer>/alpha}, with 1 for an axis that shares it
 */
public record RefPRelu(String layer) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        RefTensor alpha = given.get("w/" + layer + "/alpha");
        RefTensor y = RefTensor.zeros(x.shape());
        double near = Double.POSITIVE_INFINITY;
        for (int i = 0; i < y.values().length; i++) {
            double number = x.values()[i];
            near = Math.min(near, Math.abs(number));
            y.values()[i] = number < 0 ? number * alpha.values()[place(i, x.shape(), alpha.shape())] : number;
        }
        return new RefLayers.Simple(y, mask, near, (gOutputs, gradients) -> {
            RefTensor gAlpha = RefTensor.zeros(alpha.shape());
            RefTensor gX = RefTensor.zeros(x.shape());
            for (int i = 0; i < y.values().length; i++) {
                double up = gOutputs.getFirst().values()[i];
                int at = place(i, x.shape(), alpha.shape());
                gX.values()[i] = x.values()[i] < 0 ? up * alpha.values()[at] : up;
                gAlpha.values()[at] += x.values()[i] < 0 ? up * x.values()[i] : 0;
            }
            gradients.add("w/" + layer + "/alpha", gAlpha);
            return List.of(gX);
        });
    }

    /** Of [B,T,F] and [T,F], or of [B,F] and [F]. */
    private static int place(int flat, int[] shape, int[] alphas) {
        int feature = flat % shape[shape.length - 1];
        int step = flat / shape[shape.length - 1] % shape[shape.length - 2];
        int width = alphas[alphas.length - 1];
        int column = width == 1 ? 0 : feature;
        return alphas.length == 1 ? column : (alphas[0] == 1 ? 0 : step) * width + column;
    }
}
