package dev.gatun.tests.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.keras.KerasConfig;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Normalizations whose means are weights, those of steps, and those that are found in data. */
final class NormalizedTest {

    private static final Tensor X = Tensor.of(EnginePass.uniform(2 * 3 * 4, 2, 8), 2, 3, 4);

    private static void said(Executable call, String... parts) {
        String said = assertThrows(IllegalArgumentException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(said.contains(part), said);
        }
    }

    private static float expected(float x, float mean, float variance, boolean inverts) {
        float deviation = Math.max((float) Math.sqrt(variance), 1e-7f);
        return inverts ? x * deviation + mean : (x - mean) / deviation;
    }

    @Test
    void meansThatAreWeights(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        float[] mean = {1, -2, 0.5f, 3};
        float[] variance = {4, 0, 0.25f, 9};
        try (Model model = Sequential.of(Input.shape(3, 4), Normalization.of().named("n"))) {
            assertEquals(9, model.parameterCount());
            assertEquals(List.of("n/mean", "n/variance", "n/count"),
                    model.weights().stream().map(Weight::name).toList());
            assertTrue(model.weights().stream().allMatch(weight -> weight.role() == WeightRole.BUFFER));
            Bits.same(model.predict(X).toArray(), X.toArray(), "mean 0 and variance 1");
            model.weight("n/mean").set(Tensor.of(mean, 4));
            model.weight("n/variance").set(Tensor.of(variance, 4));
            float[] y = model.predict(X).toArray();
            for (int i = 0; i < y.length; i++) {
                assertEquals(expected(X.toArray()[i], mean[i % 4], variance[i % 4], false), y[i]);
            }
            model.save(file);
            try (Model loaded = Model.load(file); ModelStream stream = loaded.stream()) {
                Bits.same(loaded.predict(X).toArray(), y, "loaded");
                float[] step = new float[4];
                stream.step(MemorySegment.ofArray(Arrays.copyOf(X.toArray(), 4)), MemorySegment.ofArray(step));
                Bits.same(step, Arrays.copyOf(y, 4), "a step");
                // Read anew in each run, not kept in a plan.
                loaded.weight("n/mean").set(Tensor.of(new float[4], 4));
                assertEquals(expected(X.toArray()[0], 0, 4, false), loaded.predict(X).toArray()[0]);
            }
        }
    }

    @Test
    void oneMeanOfAllNumbersIsAWeightWithoutAxes() {
        try (Model model = Sequential.of(Input.shape(4), Normalization.of().axes().invert().named("n"))) {
            assertEquals(3, model.parameterCount());
            assertEquals(0, model.weight("n/mean").shape().rank());
            model.weight("n/mean").set(Tensor.of(new float[] {2.5f}));
            model.weight("n/variance").set(Tensor.of(new float[] {16}));
            assertArrayEquals(new float[] {6.5f, 2.5f, -1.5f, 4.5f},
                    model.predict(Tensor.of(new float[] {1, 0, -1, 0.5f}, 1, 4)).toArray());
        }
    }

    @Test
    void aTrainingLeavesMeansAlone() {
        Tensor y = Tensor.zeros(2, 1);
        try (Model model = Sequential.of(Input.shape(3, 4), Dense.units(4), Normalization.of().named("n"),
                Lstm.units(3), Dense.units(1))) {
            model.weight("n/mean").set(Tensor.of(new float[] {1, 2, 3, 4}, 4));
            float[] before = model.weight("dense/kernel").get().toArray();
            Trainer.of(model).optimizer(Adam.rate(0.1)).loss(Loss.MSE).epochs(2).fit(X, y);
            assertArrayEquals(new float[] {1, 2, 3, 4}, model.weight("n/mean").get().toArray());
            assertTrue(before[0] != model.weight("dense/kernel").get().toArray()[0]);
        }
    }

    @Test
    void meansOfSteps() {
        double[] mean = new double[12];
        double[] variance = new double[12];
        for (int i = 0; i < 12; i++) {
            mean[i] = i - 3;
            variance[i] = 0.5 * i;
        }
        for (boolean inverts : new boolean[] {false, true}) {
            Normalization both = Normalization.of().axes(1, -1).mean(mean).variance(variance).invert(inverts);
            Normalization steps = Normalization.of().axes(1).mean(1, 2, 3).variance(1, 4, 0).invert(inverts);
            float[] x = X.toArray();
            try (Model one = Sequential.of(Input.shape(3, 4), both);
                    Model other = Sequential.of(Input.shape(3, 4), steps)) {
                float[] ofBoth = one.predict(X).toArray();
                float[] ofSteps = other.predict(X).toArray();
                for (int i = 0; i < x.length; i++) {
                    assertEquals(expected(x[i], (float) mean[i % 12], (float) variance[i % 12], inverts), ofBoth[i]);
                    int step = i / 4 % 3;
                    assertEquals(expected(x[i], step + 1, step == 0 ? 1 : step == 1 ? 4 : 0, inverts), ofSteps[i]);
                }
                float[] cotangent = EnginePass.uniform(x.length, 1, 2);
                float[] gradient = EnginePass.of(other, List.of(X), List.of(cotangent)).inputs().getFirst();
                for (int i = 0; i < x.length; i++) {
                    assertEquals(expected(cotangent[i], 0, i / 4 % 3 == 0 ? 1 : i / 4 % 3 == 1 ? 4 : 0, inverts),
                            gradient[i]);
                }
                said(one::stream, "Normalization 'normalization'", "a mean for each step");
            }
        }
    }

    /** Mean and variance as weights do what they do as options, whichever axes they are of. */
    @ParameterizedTest
    @ValueSource(strings = {"", "1", "2", "1 2"})
    void weightsAreReadAsGivenNumbersAre(String named) {
        int[] axes = named.isEmpty()
                ? new int[0]
                : Arrays.stream(named.split(" ")).mapToInt(Integer::parseInt).toArray();
        long[] sizes = Arrays.stream(axes).mapToLong(X.shape()::dim).toArray();
        int places = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        double[] mean = new double[places];
        double[] variance = new double[places];
        float[] means = new float[places];
        float[] variances = new float[places];
        for (int i = 0; i < places; i++) {
            mean[i] = means[i] = i - 3;
            variance[i] = variances[i] = 1 + 0.5f * i;
        }
        Normalization layer = Normalization.of().axes(axes).named("n");
        try (Model given = Sequential.of(Input.shape(3, 4), layer.mean(mean).variance(variance));
                Model model = Sequential.of(Input.shape(3, 4), layer)) {
            model.weight("n/mean").set(Tensor.of(means, sizes));
            model.weight("n/variance").set(Tensor.of(variances, sizes));
            assertArrayEquals(variances, model.weight("n/variance").get().toArray());
            assertArrayEquals(given.predict(X).toArray(), model.predict(X).toArray());
        }
    }

    @Test
    void dataAreAdaptedTo() {
        float[] numbers = EnginePass.uniform(50 * 6 * 3, 3, 4);
        Tensor data = Tensor.of(numbers, 50, 6, 3);
        Normalization layer = Normalization.of().adapt(data);
        for (int feature = 0; feature < 3; feature++) {
            double sum = 0;
            double squares = 0;
            for (int i = feature; i < numbers.length; i += 3) {
                sum += numbers[i];
                squares += (double) numbers[i] * numbers[i];
            }
            double mean = sum / 300;
            assertEquals(mean, layer.mean().get(feature), 1e-6);
            assertEquals(squares / 300 - mean * mean, layer.variance().get(feature), 1e-5);
        }
        try (Model model = Sequential.of(Input.shape(6, 3), layer)) {
            double sum = 0;
            double squares = 0;
            for (float number : model.predict(data).toArray()) {
                sum += number;
                squares += number * number;
            }
            assertEquals(0, sum / 900, 1e-5);
            assertEquals(1, squares / 900, 1e-5);
        }
        assertEquals(1, Normalization.of().axes().adapt(data).mean().size());
        assertEquals(6, Normalization.of().axes(1).adapt(data).mean().size());
        assertEquals(18, Normalization.of().axes(-1, -2).adapt(data).variance().size());
        Tensor two = Tensor.of(new float[] {1, 3}, 2, 1);
        assertEquals(List.of(2.0), Normalization.of().adapt(two).mean());
        assertEquals(List.of(1.0), Normalization.of().adapt(two).variance());
    }

    /** Keras writes a NumPy array as an object. */
    @Test
    void anArrayOfKerassIsAListOfNumbers() {
        String json = """
                {"class_name": "Sequential", "config": {"name": "s", "layers": [
                  {"class_name": "InputLayer", "config": {"name": "in", "batch_shape": [null, 2]}},
                  {"class_name": "Rescaling", "config": {"name": "r", "offset": [[1.0, 2]],
                   "scale": {"class_name": "__numpy__", "config": {"value": [0.5, -1], "dtype": "float64"}}}}]}}
                """;
        assertEquals(Rescaling.by(0.5, -1).plus(1, 2).named("r"),
                KerasConfig.nodes(json, 3, layer -> layer).layers().get("r"));
        said(() -> KerasConfig.nodes(json.replace("[[1.0, 2]]", "\"one\""), 3, layer -> layer), "'r'", "offset", "one");
    }

    @Test
    void whatCannotBeAdaptedToIsRefused() {
        said(() -> Normalization.of().adapt(Tensor.of(new float[] {1, Float.NaN}, 2, 1)), "number 1", "NaN");
        said(() -> Normalization.of().adapt(Tensor.ofInts(new int[] {1, 2}, 2, 1)), "float32", "int32");
        said(() -> Normalization.of().adapt(Tensor.zeros(0, 3)), "no number");
        said(() -> Normalization.of().axes(2).adapt(Tensor.zeros(4, 3)), "no axis 2");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Normalization given = Normalization.of().mean(1, 2, 3).variance(1, 2, 3).named("n");
        said(() -> Sequential.of(Input.shape(4), given), "'n'", "3", "4 places");
        said(() -> Sequential.of(Input.shape(3), Normalization.of().mean(1).named("n")), "'n'", "no variance");
        said(() -> Sequential.of(Input.shape(3), Normalization.of().variance(1).named("n")), "'n'", "no mean");
        said(() -> Sequential.of(Input.sequence(3), Normalization.of().axes(1).named("n")), "'n'", "axis 1", "size");
        said(() -> Sequential.of(Input.shape(3), Normalization.of().axes(2).named("n")), "'n'", "[2]");
        said(() -> Sequential.of(Input.shape(3), Normalization.of().axes(1, -1).named("n")), "'n'", "once");
        said(() -> Normalization.of().axes(0), "batch");
        said(() -> Normalization.of().axes(1, 1), "once");
        said(() -> Normalization.of().variance(-1), "variance", "-1");
        said(() -> Normalization.of().mean(Double.NaN), "mean", "NaN");
        said(() -> Sequential.of(Input.shape(4), Rescaling.by(1, 2).named("r")), "'r'", "scale", "4 features", "2");
        said(() -> Sequential.of(Input.shape(4), Rescaling.by(1).plus(1, 2, 3).named("r")), "'r'", "offset");
        said(() -> Rescaling.by(Double.POSITIVE_INFINITY), "scale", "Infinity");
    }
}
