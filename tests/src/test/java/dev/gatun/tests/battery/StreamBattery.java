package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer step by step. */
abstract class StreamBattery extends Battery {

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("sequences")
    void stepByStepIsTheWholeSequence(Instance instance) {
        try (Model model = model(instance)) {
            if (!instance.steps()) {
                String said = assertThrows(IllegalArgumentException.class, model::stream).getMessage();
                assertTrue(said.contains(QUOTED), said);
                return;
            }
            int batch = 3;
            Tensor x = inputs(instance, batch).getFirst();
            Tensor whole = model.predict(x);
            int time = (int) x.shape().dim(1);
            try (ModelStream stream = model.stream(batch)) {
                for (int t = 0; t < time; t++) {
                    float[] result = new float[stream.outputLength()];
                    stream.step(given(x, t), MemorySegment.ofArray(result));
                    if (whole.shape().rank() == 3) {
                        Bits.same(result, step(whole, t), "step " + t);
                    } else if (t + 1 == time) {
                        Bits.same(result, whole.toArray(), "the last step");
                    }
                }
            }
        }
    }

    /** Two streams from one point on: each goes on as if it had been fed alone from the beginning. */
    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("sequences")
    void aForkGoesOnAsAReplay(Instance instance) {
        if (!instance.steps()) {
            return;
        }
        try (Model model = model(instance)) {
            int batch = 2;
            List<Tensor> x = List.of(inputs(instance, batch).getFirst(), otherInputs(instance, batch).getFirst());
            int time = (int) x.getFirst().shape().dim(1);
            int meet = time / 2;
            try (ModelStream stream = model.stream(batch)) {
                for (int t = 0; t < meet; t++) {
                    step(stream, x.getFirst(), t);
                }
                try (ModelStream fork = stream.fork()) {
                    List<float[]> original = new ArrayList<>();
                    List<float[]> forked = new ArrayList<>();
                    for (int t = meet; t < time; t++) {
                        original.add(step(stream, x.getFirst(), t));
                        forked.add(step(fork, x.getLast(), t));
                    }
                    stream.reset();
                    Bits.same(original, replay(stream, x.getFirst(), x.getFirst(), meet), "the original");
                    fork.reset();
                    Bits.same(forked, replay(fork, x.getFirst(), x.getLast(), meet), "the fork");
                }
            }
        }
    }

    private static MemorySegment given(Tensor x, int t) {
        if (x.type() == DataType.FLOAT32) {
            return MemorySegment.ofArray(step(x, t));
        }
        int[] ids = new int[(int) x.shape().dim(0)];
        Arrays.setAll(ids, b -> x.getInt(b, t));
        return MemorySegment.ofArray(ids);
    }

    private static List<float[]> replay(ModelStream stream, Tensor first, Tensor then, int meet) {
        List<float[]> results = new ArrayList<>();
        for (int t = 0; t < first.shape().dim(1); t++) {
            float[] result = step(stream, t < meet ? first : then, t);
            if (t >= meet) {
                results.add(result);
            }
        }
        return results;
    }

    private static float[] step(ModelStream stream, Tensor x, int t) {
        float[] result = new float[stream.outputLength()];
        stream.step(given(x, t), MemorySegment.ofArray(result));
        return result;
    }
}
