package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import org.junit.jupiter.api.Test;

/** A weight per step of an output [N,T,S,C] counts for everything within the step. */
final class StepWeightsOfFourAxesTest {

    private static final Tensor X = NormalTensor.of(1, 5, 3, 4, 2);
    private static final Tensor Y = NormalTensor.of(2, 5, 3, 4, 1);

    @Test
    void eachCountsForItsStep() {
        try (Model model = Sequential.of(Input.shape(3, 4, 2), TimeDistributed.of(Lstm.units(1).returnSequences()))) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).batchSize(3);
            Tensor weights = NormalTensor.of(3, 5, 3);
            double got = trainer.evaluate(Samples.of(X, Y).weighted(weights)).get("loss");
            Tensor made = model.predict(X);
            double sum = 0;
            for (int sample = 0; sample < 5; sample++) {
                for (int t = 0; t < 3; t++) {
                    for (int s = 0; s < 4; s++) {
                        double error = made.get(sample, t, s, 0) - Y.get(sample, t, s, 0);
                        sum += weights.get(sample, t) * error * error;
                    }
                }
            }
            assertEquals(sum / 60, got, 1e-5);
            String message = assertThrows(ShapeException.class,
                    () -> trainer.evaluate(Samples.of(X, Y).weighted(Tensor.zeros(5, 4)))).getMessage();
            assertTrue(message.contains("(5,) or (5, 3)"), message);
        }
    }
}
