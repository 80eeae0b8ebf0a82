package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.dropout.TrainingPass;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dropout of x and h in cells that are not plain, with gaps: gradients are slopes of the loss at the same draw. */
final class DroppedTest {

    private static final int SAMPLES = 8;
    private static final int TIME = 5;
    private static final float MOVED = 0.01f;

    private static Stream<Layer> layers() {
        Lstm lstm = Lstm.units(4).recurrentDropout(0.4);
        Lstm both = lstm.dropout(0.3);
        return Stream.of(both.peepholes(), lstm.peepholes(), both.inputForget(), lstm.inputForget().peepholes(),
                both.layerNorm().layerNormEpsilon(0.1), lstm.layerNorm().layerNormEpsilon(0.1),
                both.cellClip(0.3), both.learnInitialState(), both.layerNorm().layerNormEpsilon(0.1)
                        .learnInitialState(),
                both.forgetBias(1).peepholes(), both.recurrentActivation("softmax"), lstm.activation("softmax"),
                Gru.units(4).dropout(0.3).recurrentDropout(0.4).recurrentActivation("softmax"),
                Gru.units(4).resetAfter(false).recurrentDropout(0.4).recurrentActivation("softmax"),
                Gru.units(4).dropout(0.2).recurrentDropout(0.4).learnInitialState(),
                SimpleRnn.units(4).dropout(0.2).recurrentDropout(0.4).activation("softmax").learnInitialState(),
                Lstm.units(4).dropout(0.3).projection(3), Lstm.units(4).dropout(0.3).projection(3).peepholes());
    }

    private static Model model(Layer layer) {
        return RandomWeights.into(
                Sequential.of(Input.shape(-1, 3), Masking.value(0), layer.named("tried")), 0.9f, 4);
    }

    private static Tensor x() {
        float[] numbers = EnginePass.uniform(SAMPLES * TIME * 3, 1.5f, 7);
        for (int row = 0; row < SAMPLES * TIME; row++) {
            boolean isLeftOut = row % 4 == 1 || row / TIME == 2;
            Arrays.fill(numbers, row * 3, row * 3 + 3, isLeftOut ? 0 : numbers[row * 3]);
        }
        return Tensor.of(numbers, SAMPLES, TIME, 3);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsAreSlopes(Layer layer) {
        Tensor x = x();
        try (Model model = model(layer); Model threads = model(layer).threads(2)) {
            int width = (int) model.outputShapes().getFirst().last();
            float[] cotangent = EnginePass.uniform(SAMPLES * width, 1, 5);
            TrainingPass got = pass(model, x, cotangent);
            Bits.same(pass(threads, x, cotangent).all(), got.all(), "two threads");
            // A clip makes corners, which differences cut.
            double close = Double.valueOf(0.3).equals(layer.config().get("cell_clip")) ? 1e-2 : 2e-3;
            double largest = 0;
            for (Weight weight : model.weights()) {
                float[] numbers = weight.get().toArray();
                float[] gradient = got.weights().get(weight.name());
                for (int i = 0; i < numbers.length; i++) {
                    double slope = (8 * (loss(model, weight, numbers, i, MOVED, x, cotangent)
                            - loss(model, weight, numbers, i, -MOVED, x, cotangent))
                            - loss(model, weight, numbers, i, 2 * MOVED, x, cotangent)
                            + loss(model, weight, numbers, i, -2 * MOVED, x, cotangent)) / (12 * MOVED);
                    assertEquals(slope, gradient[i], close, weight.name() + ", number " + i);
                    largest = Math.max(largest, Math.abs(gradient[i]));
                }
                weight.set(Tensor.of(numbers, weight.shape().toArray()));
            }
            assertTrue(largest > 0.05, "gradients of nothing: " + largest);
        }
    }

    private static TrainingPass pass(Model model, Tensor x, float[] cotangent) {
        return TrainingPass.of(model, x, 3, execution -> {}, outputs -> List.of(cotangent));
    }

    private static double loss(
            Model model, Weight weight, float[] numbers, int number, float by, Tensor x, float[] cotangent) {
        float[] other = numbers.clone();
        other[number] += by;
        weight.set(Tensor.of(other, weight.shape().toArray()));
        float[] output = pass(model, x, cotangent).outputs().getFirst();
        double sum = 0;
        for (int i = 0; i < output.length; i++) {
            sum += (double) output[i] * cotangent[i];
        }
        return sum;
    }

    /** What the masks would be of is not said anywhere. */
    @Test
    void whatNobodyDefinesIsRefused() {
        Lstm lstm = Lstm.units(4).named("odd");
        refused("projection", lstm.projection(2).recurrentDropout(0.1));
        refused("clip", lstm.activation("softmax").clip(1));
        refused("peepholes", lstm.activation("softmax").peepholes());
        refused("peepholes", lstm.recurrentActivation("softmax").layerNorm());
        refused("peepholes", lstm.recurrentActivation("softmax").cellClip(1));
        refused("peepholes", lstm.outputActivation("tanh").recurrentActivation("log_softmax").inputForget());
    }

    private static void refused(String word, Layer layer) {
        Input in = Input.sequence(3);
        String said = assertThrows(IllegalArgumentException.class, () -> Model.of(in, layer.on(in))).getMessage();
        assertTrue(said.contains("'odd'") && said.contains(word), said);
        assertEquals(1, said.lines().count());
    }
}
