package dev.gatun.tests.masks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.gatun.layers.Add;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Mask;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Node;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.nested.Nested;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.onnx.OnnxCheck;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A layer that makes a mask behind one that has made another: Keras's Masking puts its own in that one's place, and Keras 3.15 gives
 * the numbers that stand here.
 */
final class MaskOverMaskTest {

    private static final Tensor X = Tensor.of(new float[] {0, 1, 2, 3}, 1, 4, 1);

    @Test
    void theLaterMaskAloneCounts() {
        try (Model model = Sequential.of(Input.sequence(1), Masking.value(0), Rescaling.by(1).plus(1), Masking.value(2),
                Accumulator.lstm())) {
            Accumulator.setWeights(model);
            assertArrayEquals(new float[] {8}, model.predict(X).toArray());
            OnnxCheck.check(model, List.of(X));
        }
    }

    @Test
    void behindIdsToo() {
        try (Model model = Sequential.of(Embedding.of(4, 1).maskZero().named("e"), Masking.value(2),
                Accumulator.lstm())) {
            Accumulator.setWeights(model);
            model.weight("e/embeddings").set(Tensor.of(new float[] {5, 1, 2, 3}, 4, 1));
            Tensor ids = Tensor.ofInts(new int[][] {{0, 1, 2, 3}});
            assertArrayEquals(new float[] {9}, model.predict(ids).toArray());
            OnnxCheck.check(model, List.of(ids));
        }
    }

    /** What is given with the data stays left out, whatever layers say; through a merge of such masks too. */
    @Test
    void aMaskThatIsGivenCountsAsWell() {
        Input a = Input.sequence(1);
        Input b = Input.sequence(1);
        try (Model model = Model.of(List.of(a, b),
                List.of(Accumulator.lstm().on(Masking.value(2).on(Rescaling.by(1).plus(1).on(
                        Add.of().on(a, b))))))) {
            Accumulator.setWeights(model);
            Tensor zeros = Tensor.zeros(1, 4, 1);
            assertArrayEquals(new float[] {8}, model.predict(List.of(X, zeros)).getFirst().toArray());
            List<Mask> masks = List.of(Mask.lengths(3), Mask.lengths(3));
            assertArrayEquals(new float[] {4}, model.predict(List.of(X, zeros), masks).getFirst().toArray());
        }
    }

    private static void assertSum(float sum, UnaryOperator<Node> layers) {
        Input input = Input.shape(4, 1);
        try (Model model = Model.of(input, Accumulator.lstm().on(layers.apply(input)))) {
            Accumulator.setWeights(model);
            assertArrayEquals(new float[] {sum}, model.predict(X).toArray());
            OnnxCheck.check(model, List.of(X));
        }
    }

    /** Numbers of Keras 3.15. Within TimeDistributed it sets steps to zero and makes no mask. */
    @Test
    void behindMergesAndWithinOtherLayers() {
        assertSum(8, input -> Nested.chain(Input.shape(4, 1), Rescaling.by(1).plus(1), Masking.value(2))
                .on(Masking.value(0).on(input)));
        assertSum(12, input -> Masking.value(2).on(Concatenate.axis(1)
                .on(Masking.value(0).on(input), Rescaling.by(1).plus(1).on(input))));
        assertSum(7, input -> TimeDistributed.of(Masking.value(2))
                .on(Rescaling.by(1).plus(1).on(Masking.value(0).on(input))));
    }
}
