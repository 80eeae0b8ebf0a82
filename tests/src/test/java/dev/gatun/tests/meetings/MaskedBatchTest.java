package dev.gatun.tests.meetings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Layer;
import dev.gatun.layers.Mask;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of a batch of which a mask leaves out steps are the sums of those of its samples without these steps, whatever
 * the layer sums over and on any number of threads.
 */
final class MaskedBatchTest {

    private static final int SAMPLES = 2 * Steps.SAMPLES;

    private static Stream<Layer> layers() {
        return Kind.all().flatMap(kind -> Stream.of(kind.with("go_backwards", false), kind.with("go_backwards", true),
                kind.with("return_sequences", false)));
    }

    private static boolean[] counts(int sample) {
        return Steps.COUNTS[sample % Steps.SAMPLES];
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsAreThoseOfTheShorterSequences(Layer layer) {
        boolean backwards = Boolean.TRUE.equals(layer.config().get("go_backwards"));
        Tensor x = Steps.x(SAMPLES, 6);
        boolean[][] counts = new boolean[SAMPLES][];
        Arrays.setAll(counts, MaskedBatchTest::counts);
        float[] spoiled = x.toArray();
        for (int row = 0; row < SAMPLES * Steps.TIME * Kind.INPUTS; row++) {
            int step = row / Kind.INPUTS;
            spoiled[row] = counts[step / Steps.TIME][step % Steps.TIME] ? spoiled[row] : Float.NaN;
        }
        List<Tensor> input = List.of(Tensor.of(spoiled, x.shape().toArray()));
        try (Model model = Kind.model(layer); Model threads = Kind.model(layer).threads(2)) {
            boolean sequences = model.outputShapes().getFirst().rank() == 3;
            int columns = (int) model.outputShapes().getFirst().last();
            int each = columns * (sequences ? Steps.TIME : 1);
            float[] cotangent = EnginePass.uniform(SAMPLES * each, 1, 3);
            for (int i = 0; sequences && i < cotangent.length; i++) {
                int sample = i / each;
                int t = i / columns % Steps.TIME;
                boolean[] own = counts(sample);
                cotangent[i] = own[backwards ? Steps.TIME - 1 - t : t] ? cotangent[i] : 0;
            }
            EnginePass got = EnginePass.of(model, input, List.of(Mask.of(counts)), List.of(cotangent));
            Bits.same(EnginePass.of(threads, input, List.of(Mask.of(counts)), List.of(cotangent)).all(), got.all(),
                    "two threads");
            Map<String, double[]> sums = new LinkedHashMap<>();
            for (int sample = 0; sample < SAMPLES; sample++) {
                add(model, sample, x, Arrays.copyOfRange(cotangent, sample * each, (sample + 1) * each), sums, got);
            }
            got.weights().forEach((name, gradient) -> assertArrayEquals(sums.get(name), wide(gradient), 2e-5, name));
        }
    }

    /** Adds the gradients of one sample, whose own input has the same bits. */
    private static void add(
            Model model, int sample, Tensor x, float[] cotangent, Map<String, double[]> sums, EnginePass batch) {
        boolean sequences = model.outputShapes().getFirst().rank() == 3;
        int columns = (int) model.outputShapes().getFirst().last();
        int[] steps = IntStream.range(0, Steps.TIME).filter(t -> counts(sample)[t]).toArray();
        float[] dx = Arrays.copyOfRange(batch.inputs().getFirst(), sample * Steps.TIME * Kind.INPUTS,
                (sample + 1) * Steps.TIME * Kind.INPUTS);
        if (steps.length == 0) {
            // Where nothing counts the state it began at is shown, so that only what is learned of it has a gradient.
            assertArrayEquals(new float[dx.length], dx);
            addLearned(model, cotangent, sums);
            return;
        }
        float[] kept = new float[steps.length * Kind.INPUTS];
        float[] given = new float[sequences ? steps.length * columns : columns];
        boolean backwards = Boolean.TRUE.equals(model.graph().layers().getLast().layer().config().get("go_backwards"));
        for (int i = 0; i < steps.length; i++) {
            System.arraycopy(x.toArray(), (sample * Steps.TIME + steps[i]) * Kind.INPUTS, kept, i * Kind.INPUTS,
                    Kind.INPUTS);
            int place = backwards ? Steps.TIME - 1 - steps[steps.length - 1 - i] : steps[i];
            if (sequences) {
                System.arraycopy(cotangent, place * columns, given, i * columns, columns);
            }
        }
        EnginePass alone = EnginePass.of(model, List.of(Tensor.of(kept, 1, steps.length, Kind.INPUTS)),
                List.of(sequences ? given : cotangent));
        for (int i = 0; i < steps.length; i++) {
            Bits.same(Arrays.copyOfRange(dx, steps[i] * Kind.INPUTS, (steps[i] + 1) * Kind.INPUTS),
                    Arrays.copyOfRange(alone.inputs().getFirst(), i * Kind.INPUTS, (i + 1) * Kind.INPUTS),
                    "gradient of x, sample " + sample);
        }
        alone.weights().forEach((name, gradient) -> plus(sums, name, gradient));
    }

    private static void addLearned(Model model, float[] cotangent, Map<String, double[]> sums) {
        assertEquals(0, cotangent.length % model.outputShapes().getFirst().last());
        EnginePass alone = EnginePass.of(model, List.of(Tensor.zeros(1, Steps.TIME, Kind.INPUTS)),
                List.of(Mask.of(new boolean[][] {new boolean[Steps.TIME]})), List.of(cotangent));
        alone.weights().forEach((name, gradient) -> {
            if (!name.contains("/initial_")) {
                assertArrayEquals(new float[gradient.length], gradient, name);
            }
            plus(sums, name, gradient);
        });
    }

    private static void plus(Map<String, double[]> sums, String name, float[] gradient) {
        double[] sum = sums.computeIfAbsent(name, key -> new double[gradient.length]);
        for (int i = 0; i < sum.length; i++) {
            sum[i] += gradient[i];
        }
    }

    private static double[] wide(float[] numbers) {
        double[] wide = new double[numbers.length];
        Arrays.setAll(wide, i -> numbers[i]);
        return wide;
    }
}
