package dev.gatun.tests.reference;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Ids as vectors of zeros and ones.
 *
 * @param codes    how many numbers a vector has
 * @param place    of an id in a vector, or -1 if it has none
 * @param ofSample whether all ids of a sample share one
 */
public record RefEncoding(int codes, IntUnaryOperator place, boolean ofSample) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor ids = inputs.getFirst();
        boolean isFlat = ofSample || ids.shape().length == 1 || ids.last() == 1;
        RefTensor y = RefTensor.zeros(isFlat
                ? new int[] {ids.shape()[0], codes}
                : new int[] {ids.shape()[0], ids.last(), codes});
        int each = ids.values().length / ids.shape()[0];
        for (int i = 0; i < ids.values().length; i++) {
            int at = place.applyAsInt((int) ids.values()[i]);
            if (at >= 0) {
                y.values()[(ofSample ? i / each : i) * codes + at] = 1;
            }
        }
        return new RefLayers.Simple(y, null, (gOutputs, gradients) -> List.of(RefTensor.zeros(ids.shape())));
    }
}
