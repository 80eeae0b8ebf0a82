package dev.gatun.tests.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The gradient test of docs/own-cell.md, by what everybody can call: a step of plain gradient descent at rate 1 moves every
 * weight by its gradient, which is what the loss changes by when the weight does.
 */
final class MinimalGatedCellTest {

    private static final float MOVED = 0.01f;

    @Test
    void itsGradientIsWhatTheLossChangesBy() {
        Tensor x = Tensor.of(EnginePass.uniform(4 * 6 * 3, 1.5f, 1), 4, 6, 3);
        Tensor y = Tensor.of(EnginePass.uniform(4 * 2, 1f, 2), 4, 2);
        Samples samples = Samples.of(x, y).masked(Mask.of(new boolean[][] {
            {true, true, true, true, true, true}, {true, true, false, false, false, false},
            {false, true, false, true, true, true}, {true, false, false, true, true, true}}));
        try (Model model = Sequential.of(Input.sequence(3), Rnn.of(MinimalGatedCell.units(5)), Dense.units(2))) {
            Trainer trainer = Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(1)).epochs(1).batchSize(4);
            List<float[]> first = new ArrayList<>();
            model.weights().forEach(weight -> first.add(weight.get().toArray()));
            trainer.fit(samples);
            List<float[]> moved = new ArrayList<>();
            model.weights().forEach(weight -> moved.add(weight.get().toArray()));
            double largest = 0;
            for (int w = 0; w < first.size(); w++) {
                for (int i = 0; i < first.get(w).length; i++) {
                    double gradient = first.get(w)[i] - moved.get(w)[i];
                    double slope = (loss(trainer, model, samples, first, w, i, MOVED)
                            - loss(trainer, model, samples, first, w, i, -MOVED)) / (2 * MOVED);
                    assertEquals(slope, gradient, 5e-4, model.weights().get(w).name() + ", number " + i);
                    largest = Math.max(largest, Math.abs(gradient));
                }
            }
            assertTrue(largest > 0.1, "gradients of nothing: " + largest);
        }
    }

    private static double loss(
            Trainer trainer, Model model, Samples samples, List<float[]> first, int which, int number, float by) {
        for (int w = 0; w < first.size(); w++) {
            float[] values = first.get(w).clone();
            values[number % values.length] += w == which ? by : 0;
            Weight weight = model.weights().get(w);
            weight.set(Tensor.of(values, weight.shape().toArray()));
        }
        return trainer.evaluate(samples).get("loss");
    }
}
