package dev.gatun.tests.onnx;

import dev.gatun.layers.Add;
import dev.gatun.layers.Attention;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Node;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.gradients.EnginePass;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Masks that layers make of what they read and hand on, as ONNX. */
final class OnnxMasksTest {

    private static final int WORDS = 9;
    private static final Tensor LEFT = Tensor
            .ofInts(new int[][] {{1, 7, 3, 0}, {2, 0, 0, 0}, {0, 0, 0, 0}, {0, 5, 0, 4}});
    private static final Tensor RIGHT = Tensor
            .ofInts(new int[][] {{0, 1, 3, 2}, {2, 1, 0, 0}, {0, 0, 0, 0}, {6, 5, 0, 0}});

    private static Node embedded(Input words, String name) {
        return Embedding.of(WORDS, 4).maskZero().named(name).on(words);
    }

    private static Stream<Arguments> pairs() {
        return Stream.of(pair("add", (x, y) -> Add.of().on(x, y)),
                pair("multiply", (x, y) -> Multiply.of().on(x, y)),
                pair("maximum", (x, y) -> Maximum.of().on(x, y)),
                pair("minimum", (x, y) -> Minimum.of().on(x, y)),
                pair("beside", (x, y) -> Concatenate.of().on(x, y)),
                pair("behind", (x, y) -> Concatenate.axis(1).on(x, y)),
                pair("attention", (x, y) -> Attention.of().useCausalMask().on(x, y)),
                pair("heads", (x, y) -> MultiHeadAttention.of(2, 3).on(x, y)),
                pair("heads that drop", (x, y) -> MultiHeadAttention.of(2, 3).dropout(0.5).on(x, y)),
                pair("groups", (x, y) -> GroupQueryAttention.of(3, 4, 2).useCausalMask().on(x, y)));
    }

    private static Arguments pair(String name, BiFunction<Node, Node, Node> join) {
        return Arguments.of(name, join);
    }

    /** Both are masked, or the second alone. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void ofTwoSequences(String name, BiFunction<Node, Node, Node> join) {
        for (boolean both : new boolean[] {true, false}) {
            Input left = Input.ints(4).named("left");
            Input right = Input.ints(4).named("right");
            Node x = both ? embedded(left, "x") : Embedding.of(WORDS, 4).named("x").on(left);
            Node joined = join.apply(x, embedded(right, "y"));
            try (Model model = Model.of(List.of(left, right),
                    List.of(joined, Lstm.units(3).returnSequences().on(joined)))) {
                OnnxCheck.check(model, List.of(LEFT, RIGHT));
            }
        }
    }

    @Test
    void fromWordsToTheTopOfAStack() {
        try (Model model = Sequential.of(Input.ints(4), Embedding.of(WORDS, 5).maskZero(),
                Bidirectional.of(Gru.units(4).returnSequences()).merge(MergeMode.AVE),
                SimpleRnn.units(3).returnSequences().goBackwards(), GlobalAveragePooling1D.of())) {
            OnnxCheck.check(model, List.of(Tensor.ofInts(new int[][] {{1, 7, 3, 0}, {2, 0, 0, 4}})));
        }
    }

    @Test
    void ofNumbersThatStandForNothing() {
        Input x = Input.sequence(2).named("x");
        Node masked = Masking.value(0).on(x);
        try (Model model = Model.of(x, Lstm.units(3).returnSequences().zeroOutputForMask().on(masked))) {
            float[] numbers = EnginePass.uniform(20, 1, 3);
            numbers[2] = numbers[3] = numbers[8] = numbers[9] = 0;
            OnnxCheck.check(model, List.of(Tensor.of(numbers, 2, 5, 2)));
        }
    }
}
