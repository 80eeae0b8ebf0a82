package dev.gatun.tests.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.AdditiveAttention;
import dev.gatun.layers.Attention;
import dev.gatun.layers.AttentionOutput;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.Input;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.dropout.TrainingPass;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.gradients.EnginePass;
import dev.gatun.tests.kernels.Bits;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores that fall in a training. */
final class AttentionDropoutTest {

    private static final int BATCH = 3;
    private static final int TIME = 5;
    private static final int FEATURES = 4;
    private static final int COUNT = BATCH * TIME * FEATURES;

    static Stream<Function<Node, AttentionOutput>> attentions() {
        return Stream.of(Attention.of().dropout(0.4).useScale().returnAttentionScores()::on,
                Attention.of().scoreMode("concat").dropout(0.4)::on,
                AdditiveAttention.of().dropout(0.4).useCausalMask()::on,
                MultiHeadAttention.of(2, 3).dropout(0.4)::on,
                MultiHeadAttention.of(2, 3).dropout(0.4).returnAttentionScores()::on,
                GroupQueryAttention.of(3, 4, 2).dropout(0.4).useCausalMask()::on);
    }

    private static Model model(Function<Node, AttentionOutput> attention) {
        Input input = Input.shape(TIME, FEATURES);
        AttentionOutput made = attention.apply(input);
        boolean shows = Boolean.TRUE.equals(made.call().layer().config().get("return_attention_scores"));
        return Model.of(List.of(input), shows ? List.of(made, made.scores()) : List.of(made));
    }

    private static Tensor x(float[] numbers) {
        return Tensor.of(numbers, BATCH, TIME, FEATURES);
    }

    private static TrainingPass pass(Model model, float[] numbers, List<float[]> cotangents) {
        return TrainingPass.of(model, x(numbers), 5, execution -> {}, outputs -> cotangents);
    }

    /** The gradient is that of what was computed, with the scores that fell: by differences, in one fixed step. */
    @ParameterizedTest
    @MethodSource("attentions")
    void gradientsKnowWhichScoresFell(Function<Node, AttentionOutput> attention) {
        try (Model model = model(attention)) {
            float[] numbers = EnginePass.uniform(COUNT, 1, 1);
            List<float[]> cotangents = EnginePass.cotangents(model, List.of(x(numbers)), 2);
            TrainingPass pass = pass(model, numbers, cotangents);
            Bits.same(pass(model, numbers, cotangents).all(), pass.all(), "the same step again");
            double[] expected = new double[COUNT];
            float step = 1f / 256;
            for (int i = 0; i < COUNT; i++) {
                double[] sums = new double[2];
                for (int side = 0; side < 2; side++) {
                    float[] moved = numbers.clone();
                    moved[i] += side == 0 ? -step : step;
                    List<float[]> outputs = pass(model, moved, cotangents).outputs();
                    for (int output = 0; output < outputs.size(); output++) {
                        for (int n = 0; n < outputs.get(output).length; n++) {
                            sums[side] += (double) outputs.get(output)[n] * cotangents.get(output)[n];
                        }
                    }
                }
                expected[i] = (sums[1] - sums[0]) / (2 * step);
            }
            Measure.within(2e-3, "gradient by differences", pass.input(), expected);
        }
    }

    /** Attention shows what is left of its scores, as Keras does: about so many fall, the others grow. */
    @Test
    void soManyFall() {
        Input input = Input.shape(40, 2);
        AttentionOutput made = Attention.of().dropout(0.3).returnAttentionScores().on(input);
        try (Model model = Model.of(List.of(input), List.of(made, made.scores()))) {
            Tensor data = Tensor.of(EnginePass.uniform(20 * 40 * 2, 1, 3), 20, 40, 2);
            List<float[]> zeros = List.of(new float[20 * 40 * 2], new float[20 * 40 * 40]);
            float[] left = TrainingPass.of(model, data, 1, execution -> {}, outputs -> zeros).outputs().get(1);
            float[] all = model.predict(List.of(data)).get(1).toArray();
            int fallen = 0;
            for (int i = 0; i < left.length; i++) {
                fallen += left[i] == 0 ? 1 : 0;
                assertTrue(left[i] == 0 || Math.abs(left[i] - all[i] / 0.7) < 1e-6, "score " + i);
            }
            assertEquals(0.3, (double) fallen / left.length, 0.01);
        }
    }
}
