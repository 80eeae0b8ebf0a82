package dev.gatun.tests.sequences;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Sequences;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sequences of several lengths through layers that make ids, take steps together or end masks: each as it is alone. */
final class PaddingIsNotReadTest {

    private static void eachAsAlone(Model model, List<Tensor> sequences) {
        List<Tensor> together = model.predict(Sequences.of(sequences));
        for (int i = 0; i < sequences.size(); i++) {
            Tensor alone = model.predict(Sequences.of(List.of(sequences.get(i)))).getFirst();
            assertEquals(alone.shape(), together.get(i).shape());
            Bits.same(together.get(i).toArray(), alone.toArray(), "sequence " + i);
        }
    }

    private static List<Tensor> numbers(int features, int... lengths) {
        return Arrays.stream(lengths)
                .mapToObj(time -> Tensor.of(EnginePass.uniform(time * features, 1, time), time, features)).toList();
    }

    private static List<Tensor> ids() {
        return List.of(Tensor.ofInts(new int[] {4, 2, 9}, 3), Tensor.ofInts(new int[] {4}, 1),
                Tensor.ofInts(new int[] {9, 2}, 2));
    }

    @Test
    void aMaskGoesThroughALookup() {
        try (Model model = Sequential.of(Input.ints(Shape.UNKNOWN), IntegerLookup.of(4, 2, 9).oovIndices(0),
                Embedding.of(5, 8),
                Lstm.units(4))) {
            eachAsAlone(model, ids());
        }
    }

    @Test
    void wholeNumbersComeBackAsLongAsTheyWere() {
        try (Model model = Sequential.of(Input.ints(Shape.UNKNOWN), IntegerLookup.of(4, 2, 9))) {
            List<Tensor> made = model.predict(Sequences.of(ids()));
            assertArrayEquals(new int[] {1, 2, 3}, made.get(0).toIntArray());
            assertArrayEquals(new int[] {1}, made.get(1).toIntArray());
        }
    }

    @Test
    void aDecoderKeepsItsSteps() {
        try (Model model = Sequential.of(Input.sequence(2), Lstm.units(4), RepeatVector.times(3),
                Lstm.units(4).returnSequences(), Dense.units(2))) {
            eachAsAlone(model, numbers(2, 3, 2, 5));
        }
    }

    @Test
    void aNormalizationOfStepsSeesNoPadding() {
        try (Model model = Sequential.of(Input.sequence(4), GroupNormalization.groups(2),
                Lstm.units(3).returnSequences())) {
            eachAsAlone(model, numbers(4, 5, 3, 4));
        }
    }

    @Test
    void statesBehindALayerThatEndsMasksAreNotThoseOfPadding() {
        try (Model model = Sequential.of(Input.sequence(1), Conv1D.of(2, 3).padding("causal"), Lstm.units(2))) {
            Tensor x = Tensor.of(new float[] {1, 2, 3, 0, 0}, 1, 5, 1);
            String said = assertThrows(IllegalArgumentException.class,
                    () -> model.predictWithStates(List.of(x), List.of(Mask.lengths(3)), LayerStates.ZERO)).getMessage();
            assertTrue(said.contains("mask") && said.contains("one length"), said);
        }
    }
}
