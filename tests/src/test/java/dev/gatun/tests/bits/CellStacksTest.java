package dev.gatun.tests.bits;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.gradients.RandomWeights;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stacks of every cell, alone and among others: layers side by side in time, rows or units shared by threads, step by step, and
 * in plans made for more, always with the bits of one thread.
 */
final class CellStacksTest {

    private static final int INPUTS = 6;
    private static final int TIME = 40;

    static Stream<List<Layer>> stacks() {
        Gru after = Gru.units(33).returnSequences();
        Gru before = after.resetAfter(false);
        SimpleRnn simple = SimpleRnn.units(33).returnSequences();
        return Stream.of(
                List.of(after, after.named("second"), Dense.units(3)),
                List.of(before, before.named("second"), Dense.units(3)),
                List.of(simple, simple.activation("relu"), Dense.units(3)),
                List.of(after, Lstm.units(30).returnSequences(), before, simple, Dense.units(2)),
                List.of(Gru.units(70), Dense.units(2)),
                List.of(Gru.units(70).resetAfter(false).noBias(), Dense.units(2)),
                List.of(Gru.units(65).noBias().goBackwards()),
                List.of(SimpleRnn.units(70).activation("sigmoid"), Dense.units(2)));
    }

    private static Model model(List<Layer> layers) {
        Layer[] all = Stream.concat(Stream.of(Input.sequence(INPUTS)), layers.stream()).toArray(Layer[]::new);
        return RandomWeights.into(Sequential.of(all), 0.3f, 7);
    }

    private static List<Tensor> inputs(int batch, int time) {
        return List.of(Tensor.of(EnginePass.uniform(batch * time * INPUTS, 1, 5), batch, time, INPUTS));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void threadsAndLargerPlansChangeNoBits(List<Layer> layers) {
        try (Model one = model(layers); Model several = model(layers)) {
            several.threads(2).predict(inputs(21, TIME).getFirst());
            for (int batch : new int[] {20, 1, 3, 9}) {
                List<Tensor> inputs = inputs(batch, batch == 3 ? TIME - 7 : TIME);
                for (int threads = 2; threads <= 3; threads++) {
                    several.threads(threads);
                    String what = batch + " rows, " + threads + " threads";
                    Bits.same(several.predict(inputs.getFirst()).toArray(), one.predict(inputs.getFirst()).toArray(),
                            what);
                    List<float[]> cotangents = EnginePass.cotangents(one, inputs, 9);
                    Bits.same(EnginePass.of(several, inputs, cotangents).all(),
                            EnginePass.of(one, inputs, cotangents).all(), what + ", gradients");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aRowIsTheSameAloneAndStepByStep(List<Layer> layers) {
        try (Model model = model(layers)) {
            Tensor all = inputs(13, TIME).getFirst();
            float[] batch = model.predict(all).toArray();
            int length = batch.length / 13;
            for (int row : new int[] {0, 5, 12}) {
                float[] alone = model.predict(Zoo.samples(all, row, 1)).toArray();
                Bits.same(alone, Arrays.copyOfRange(batch, row * length, (row + 1) * length), "row " + row);
            }
            if (layers.getFirst() instanceof Gru gru && gru.goesBackwards()) {
                return;
            }
            boolean sequences = length > 3;
            try (ModelStream stream = model.stream(1)) {
                float[] result = new float[stream.outputLength()];
                float[] x = Zoo.samples(all, 0, 1).toArray();
                for (int step = 0; step < TIME; step++) {
                    float[] now = Arrays.copyOfRange(x, step * INPUTS, (step + 1) * INPUTS);
                    stream.step(MemorySegment.ofArray(now), MemorySegment.ofArray(result));
                }
                int from = sequences ? length - result.length : 0;
                Bits.same(result, Arrays.copyOfRange(batch, from, from + result.length), "step by step");
            }
        }
    }
}
