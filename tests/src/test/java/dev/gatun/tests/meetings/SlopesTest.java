package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Mask;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.TrainingLoop;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients in trainings that carry states are the slopes of the loss where the carried states are constants: what a step of
 * plain descent at rate 1 moves a weight by.
 */
final class SlopesTest {

    private static final float MOVED = 0.01f;
    private static final double CLOSE = 3e-4;
    /** Where something is clipped the loss has corners, which differences cut. */
    private static final double AT_CORNERS = 3e-3;

    private static List<Kind> kinds() {
        return Kind.all().toList();
    }

    private static Tensor y(Model model, int samples) {
        long width = model.outputShapes().getFirst().last();
        return Tensor.of(EnginePass.uniform((int) (samples * Steps.TIME * width), 1, 8), samples, Steps.TIME, width);
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model).loss(Loss.MSE).optimizer(Sgd.rate(1)).shuffle(false);
    }

    private static double loss(Model model, Samples samples, LayerStates begin) {
        Predicted made = model.predictWithStates(samples.x(), samples.masks(), begin);
        float[] got = made.output().toArray();
        float[] wanted = samples.y().getFirst().toArray();
        int columns = (int) made.output().shape().last();
        Mask mask = samples.masks().getFirst();
        int[] counts = mask.isNone() ? null : mask.steps("x", samples.x().getFirst().shape()).toIntArray();
        double sum = 0;
        int steps = 0;
        for (int step = 0; step < got.length / columns; step++) {
            if (counts != null && counts[step] == 0) {
                continue;
            }
            steps++;
            for (int i = step * columns; i < (step + 1) * columns; i++) {
                sum += ((double) got[i] - wanted[i]) * ((double) got[i] - wanted[i]) / columns;
            }
        }
        return sum / steps;
    }

    /** One chunk of 3 steps after another, gathered to one step: each from where the one before ended. */
    @ParameterizedTest
    @MethodSource("kinds")
    void ofTruncatedBackPropagation(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        for (Mask mask : Steps.masks()) {
            try (Model model = kind.model(false)) {
                Tensor y = y(model, Steps.SAMPLES);
                List<Samples> chunks = new ArrayList<>();
                List<LayerStates> begins = new ArrayList<>(List.of(LayerStates.ZERO));
                for (int from = 0; from < Steps.TIME; from += 3) {
                    int to = Math.min(Steps.TIME, from + 3);
                    Samples chunk = Samples.of(Steps.part(x, from, to), Steps.part(y, from, to))
                            .masked(Steps.part(mask, from, to));
                    chunks.add(chunk);
                    begins.add(model.predictWithStates(chunk.x(), chunk.masks(), begins.getLast()).states());
                }
                List<float[]> first = weights(model);
                try (TrainingLoop loop = trainer(model).truncatedBptt(3).open()) {
                    loop.accumulate(Samples.of(x, y).masked(mask));
                    loop.update();
                    loop.keep();
                }
                compare(model, kind, first, each -> {
                    double sum = 0;
                    for (int chunk = 0; chunk < chunks.size(); chunk++) {
                        sum += loss(each, chunks.get(chunk), begins.get(chunk)) / chunks.size();
                    }
                    return sum;
                });
            }
        }
    }

    /** The second batch of a stateful layer: what is learned of its beginning is learned from the first. */
    @ParameterizedTest
    @MethodSource("kinds")
    void ofBatchesThatGoOn(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        for (Mask mask : Steps.masks()) {
            try (Model model = kind.model(true)) {
                Samples samples = Samples.of(x, y(model, Steps.SAMPLES)).masked(mask);
                LayerStates begin = model.predictWithStates(samples.x(), samples.masks(), LayerStates.ZERO).states();
                model.predict(samples.x(), samples.masks());
                List<float[]> first = weights(model);
                trainer(model).trainOnBatch(samples);
                compare(model, kind, first, each -> loss(each, samples, begin));
            }
        }
    }

    /** And from the beginning. */
    @ParameterizedTest
    @MethodSource("kinds")
    void ofAFirstBatch(Kind kind) {
        Tensor x = Steps.x(Steps.SAMPLES, 3);
        for (Mask mask : Steps.masks()) {
            try (Model model = kind.model(true)) {
                Samples samples = Samples.of(x, y(model, Steps.SAMPLES)).masked(mask);
                List<float[]> first = weights(model);
                trainer(model).trainOnBatch(samples);
                compare(model, kind, first, each -> loss(each, samples, LayerStates.ZERO));
            }
        }
    }

    private static List<float[]> weights(Model model) {
        return model.weights().stream().map(weight -> weight.get().toArray()).toList();
    }

    private static void compare(
            Model model, Kind kind, List<float[]> first, ToDoubleFunction<Model> loss) {
        List<float[]> moved = weights(model);
        for (int w = 0; w < first.size(); w++) {
            model.weights().get(w).set(Tensor.of(first.get(w), model.weights().get(w).shape().toArray()));
        }
        double close = kind.name().contains("clipped") ? AT_CORNERS : CLOSE;
        double largest = 0;
        for (int w = 0; w < first.size(); w++) {
            Weight weight = model.weights().get(w);
            for (int i = 0; i < first.get(w).length; i++) {
                double gradient = (double) first.get(w)[i] - moved.get(w)[i];
                double slope = (at(weight, first.get(w), i, MOVED, model, loss)
                        - at(weight, first.get(w), i, -MOVED, model, loss)) / (2 * MOVED);
                assertEquals(slope, gradient, close, weight.name() + ", number " + i);
                largest = Math.max(largest, Math.abs(gradient));
            }
            weight.set(Tensor.of(first.get(w), weight.shape().toArray()));
        }
        assertTrue(largest > 0.005, "gradients of nothing: " + largest);
    }

    private static double at(
            Weight weight, float[] numbers, int number, float by, Model model, ToDoubleFunction<Model> loss) {
        float[] other = numbers.clone();
        other[number] += by;
        weight.set(Tensor.of(other, weight.shape().toArray()));
        return loss.applyAsDouble(model);
    }
}
