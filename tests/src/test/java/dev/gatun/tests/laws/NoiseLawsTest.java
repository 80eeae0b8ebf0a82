package dev.gatun.tests.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.random.Normals;
import dev.gatun.engine.random.Philox;
import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.AlphaDropout;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.GaussianDropout;
import dev.gatun.layers.GaussianNoise;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Regularizer;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.NormalTensor;
import dev.gatun.tests.dropout.TrainingPass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the layers of noise do in training: mean, deviation, which number is whose, and the way back. */
final class NoiseLawsTest {

    private static final int BATCH = 40;
    private static final int TIME = 9;
    private static final int WIDTH = 70;
    private static final int STEP = 3;
    /** Of {@link TrainingPass}, and the call behind the input. */
    private static final long SEED = 11;
    private static final long STREAM = (long) STEP << 20 | 1;

    private static Stream<Layer> noises() {
        return Stream.of(GaussianNoise.stddev(0.4), GaussianDropout.rate(0.3), AlphaDropout.rate(0.2),
                SpatialDropout1D.rate(0.4));
    }

    private static TrainingPass pass(Layer layer, Tensor x, long step, List<float[]> gradients) {
        try (Model model = Sequential.of(Input.shape(TIME, WIDTH), layer)) {
            return TrainingPass.of(model, x, step, execution -> {}, outputs -> gradients);
        }
    }

    private static float[] noisy(Layer layer, Tensor x) {
        return pass(layer, x, STEP, List.of(new float[(int) x.shape().elements()])).outputs().getFirst();
    }

    private static Tensor filled(float number) {
        float[] all = new float[BATCH * TIME * WIDTH];
        Arrays.fill(all, number);
        return Tensor.of(all, BATCH, TIME, WIDTH);
    }

    private static void assertMoments(double mean, double deviation, float[] numbers) {
        double sum = 0;
        double squares = 0;
        for (float number : numbers) {
            sum += number;
            squares += (double) number * number;
        }
        double got = sum / numbers.length;
        double around = Math.sqrt(squares / numbers.length - got * got);
        assertEquals(mean, got, 6 * deviation / Math.sqrt(numbers.length), "mean");
        assertEquals(deviation, around, 0.02 * deviation, "deviation");
    }

    @Test
    void addedNoiseHasItsDeviation() {
        assertMoments(1, 0.4, noisy(GaussianNoise.stddev(0.4), filled(1)));
    }

    @Test
    void factorsAreAboutOne() {
        assertMoments(2, 2 * Math.sqrt(0.3 / 0.7), noisy(GaussianDropout.rate(0.3), filled(2)));
    }

    /** Of normal numbers, as SELU keeps them. */
    @Test
    void alphaDropoutKeepsMeanAndDeviation() {
        assertMoments(0, 1, noisy(AlphaDropout.rate(0.2), NormalTensor.of(5, BATCH, TIME, WIDTH)));
    }

    /** Every number by its place, and its gradient: batch first. */
    @Test
    void everyNumberHasTheRandomNumberOfItsPlace() {
        Tensor x = NormalTensor.of(4, 3, TIME, WIDTH);
        float[] in = x.toArray();
        float[] up = NormalTensor.of(5, in.length).toArray();
        TrainingPass added = pass(GaussianNoise.stddev(0.4), x, STEP, List.of(up));
        TrainingPass factors = pass(GaussianDropout.rate(0.3), x, STEP, List.of(up));
        TrainingPass alpha = pass(AlphaDropout.rate(0.2), x, STEP, List.of(up));
        TrainingPass features = pass(SpatialDropout1D.rate(0.4), x, STEP, List.of(up));
        double lowest = -1.6732632423543772 * 1.0507009873554805;
        double a = 1 / Math.sqrt(0.8 * (1 + 0.2 * lowest * lowest));
        double deviation = Math.sqrt(0.3 / 0.7);
        for (int i = 0; i < in.length; i++) {
            double normal = Normals.at(SEED, STREAM, i);
            assertEquals((float) (in[i] + 0.4 * normal), added.outputs().getFirst()[i]);
            assertEquals(up[i], added.input()[i]);
            assertEquals((float) (in[i] * (1 + deviation * normal)), factors.outputs().getFirst()[i]);
            assertEquals((float) (up[i] * (1 + deviation * normal)), factors.input()[i]);
            boolean falls = Philox.uniform(SEED, STREAM, i) < 0.2f;
            assertEquals(a * (falls ? lowest : in[i]) - a * lowest * 0.2, alpha.outputs().getFirst()[i], 1e-6);
            assertEquals(falls ? 0 : a * up[i], alpha.input()[i], 1e-6);
            int feature = i / (TIME * WIDTH) * WIDTH + i % WIDTH;
            boolean stays = Philox.uniform(SEED, STREAM, feature) >= 0.4f;
            assertEquals(stays ? in[i] / 0.6 : 0, features.outputs().getFirst()[i], 1e-6);
            assertEquals(stays ? up[i] / 0.6 : 0, features.input()[i], 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("noises")
    void seedAndStepChooseTheNoiseAndNothingElse(Layer layer) {
        Tensor x = NormalTensor.of(4, 3, TIME, WIDTH);
        List<float[]> none = List.of(new float[3 * TIME * WIDTH]);
        float[] first = pass(layer, x, STEP, none).all();
        Bits.same(pass(layer, x, STEP, none).all(), first, "the same again");
        assertFalse(Arrays.equals(pass(layer, x, STEP + 1, none).all(), first), "another step");
    }

    @ParameterizedTest
    @MethodSource("noises")
    void anyNumberOfThreadsGivesTheSameBits(Layer layer) {
        Tensor x = NormalTensor.of(4, 17, TIME, 6);
        try (Model model = Sequential.of(Input.shape(TIME, 6), Lstm.units(17).returnSequences(), layer,
                Lstm.units(3))) {
            List<float[]> up = List.of(NormalTensor.of(6, 17 * 3).toArray());
            float[] expected = TrainingPass.of(model.threads(1), x, 2, execution -> {}, outputs -> up).all();
            for (int threads = 2; threads <= 3; threads++) {
                Bits.same(TrainingPass.of(model.threads(threads), x, 2, execution -> {}, outputs -> up).all(), expected,
                        threads + " threads");
            }
        }
    }

    /** One number after another is what {@link Normals#fill} gives, in either half of a block. */
    @Test
    void normalsByTheirPlaceAreThoseInBulk() {
        double[] bulk = new double[64];
        Normals.fill(new Philox(SEED, STREAM), 5, bulk, bulk.length);
        for (int i = 0; i < bulk.length; i++) {
            assertEquals(bulk[i], Normals.at(SEED, STREAM, 20 + i));
        }
    }

    @Test
    void featuresFallInSequencesOnly() {
        for (Layer layer : List.of(SpatialDropout1D.rate(0.5).named("drop"),
                TimeDistributed.of(SpatialDropout1D.rate(0.5).named("drop")).named("drop"))) {
            Input input = layer instanceof TimeDistributed ? Input.shape(TIME, WIDTH) : Input.shape(WIDTH);
            String said = assertThrows(ShapeException.class, () -> Sequential.of(input, layer)).getMessage();
            assertTrue(said.contains("'drop") && said.contains("[batch, time, features]"), said);
        }
    }

    /** As a layer with an activity regularizer, and none of its own besides. */
    @Test
    void aPenaltyOnWhatGoesThrough() {
        Tensor x = NormalTensor.of(1, 6, 4);
        Tensor y = NormalTensor.of(2, 6, 2);
        try (Model layer = Sequential.of(Input.shape(4), Dense.units(3).named("a"), ActivityRegularization.of(0.1, 0.2),
                Dense.units(2).named("b"));
                Model option = Sequential.of(Input.shape(4),
                        Dense.units(3).activityRegularizer(new Regularizer.L1L2(0.1, 0.2)).named("a"), Dropout.rate(0),
                        Dense.units(2).named("b"))) {
            layer.initialize(3);
            option.weights().forEach(weight -> weight.set(layer.weight(weight.name()).get()));
            assertEquals(Trainer.of(option).loss(Loss.MSE).evaluate(x, y),
                    Trainer.of(layer).loss(Loss.MSE).evaluate(x, y));
            assertEquals(Trainer.of(option).loss(Loss.MSE).trainOnBatch(Samples.of(x, y)),
                    Trainer.of(layer).loss(Loss.MSE).trainOnBatch(Samples.of(x, y)));
            option.weights().forEach(weight -> assertArrayEquals(weight.get().toArray(),
                    layer.weight(weight.name()).get().toArray(), weight.name()));
        }
        String said = assertThrows(IllegalArgumentException.class,
                () -> ActivityRegularization.of(0.1, 0).named("p").activityRegularizer(Regularizer.l1(1))).getMessage();
        assertTrue(said.contains("'p'") && said.contains("activity_regularizer"), said);
    }
}
