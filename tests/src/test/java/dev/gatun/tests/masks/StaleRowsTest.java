package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.DivergenceException;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an earlier run left in the rows that a mask leaves out reaches nobody; and whose word on masked steps counts. */
final class StaleRowsTest {

    private static final int TIME = 5;
    private static final Tensor X = NormalTensor.of(1, 6, TIME, 3);
    private static final Tensor Y = NormalTensor.of(2, 6, 4);
    private static final Mask SHORT = Mask.lengths(1, 2, 3, 1, 2, 5);

    /** A batch diverges and fills a plan with NaN; with the weights put back the next one trains, masked steps or not. */
    @Test
    void aBatchThatDivergedLeavesNothingBehind() {
        for (Layer layer : List.of(Gru.units(4).resetAfter(false), Gru.units(4), Lstm.units(4))) {
            try (Model model = Sequential.of(Input.shape(TIME, 3), layer)) {
                Map<Weight, Tensor> weights = new LinkedHashMap<>();
                model.weights().forEach(weight -> weights.put(weight, weight.get()));
                try (TrainingLoop loop = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(0.1)).open()) {
                    loop.step(Samples.of(X, Y));
                    loop.step(Samples.of(X, Y).masked(SHORT));
                    weights.forEach((weight, values) -> weight.set(Tensor.of(
                            filled(values.toArray().length), weight.shape().toArray())));
                    assertThrows(DivergenceException.class, () -> loop.step(Samples.of(X, Y).masked(Mask.lengths(
                            TIME, TIME, TIME, TIME, TIME, TIME))));
                    weights.forEach(Weight::set);
                    double loss = loop.step(Samples.of(X, Y).masked(SHORT));
                    assertTrue(Double.isFinite(loss), layer.toString());
                    for (Weight weight : model.weights()) {
                        for (float value : weight.get().toArray()) {
                            assertTrue(Float.isFinite(value), layer + " " + weight);
                        }
                    }
                }
            }
        }
    }

    /** Neither infinite nor a number once they are multiplied. */
    private static float[] filled(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.NaN;
        }
        return values;
    }

    /** Of a Bidirectional the whole layer says what masked steps show, whatever its halves say. */
    @Test
    void theWholeLayerDecides() {
        Lstm plain = Lstm.units(3).returnSequences();
        for (boolean zeroes : new boolean[] {false, true}) {
            try (Model one = Sequential.of(Input.shape(TIME, 3), Bidirectional.of(plain).zeroOutputForMask(zeroes));
                    Model other = Sequential.of(Input.shape(TIME, 3),
                            Bidirectional.of(plain.zeroOutputForMask()).zeroOutputForMask(zeroes))) {
                float[] expected = one.predict(X, SHORT).toArray();
                assertArrayEquals(expected, other.predict(X, SHORT).toArray());
                assertTrue(expected[expected.length - 1] != 0, "the last row is whole");
                assertTrue(zeroes == (expected[(TIME - 1) * 6] == 0), "the first row ends after one step");
            }
        }
    }
}
