package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Lstm;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code shared/cases/tf1_lstm_cases.json}: recorded LSTM cells of TensorFlow 1. One kernel for x and h together, the gates
 * in another order, and a forget bias that is added when the cell runs.
 */
final class Tf1Cases {

    /** What rounding to float may add to the difference from doubles that the file tells. */
    private static final double FLOAT = 2e-6;

    private Tf1Cases() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared("cases/tf1_lstm_cases.json").ifPresent(file -> file.get("cases").forEach(json -> {
            String name = json.get("name").asText();
            cases.add(Case.of(name, () -> check(json, worst)));
        }));
        return cases;
    }

    private static void check(JsonNode json, Worst worst) {
        String name = json.get("name").asText();
        boolean reversed = name.contains("/tr_");
        boolean fused = reversed || name.contains("fused");
        // The file tells how x was laid out, or in words that it is time-major.
        boolean timeMajor = fused || json.at("/numpy_check/2").asText().contains("(1, 0, 2)");
        FixtureTensor given = tensor(json, "in_0.0");
        FixtureTensor x = timeMajor ? given.permuted(1, 0, 2) : given;
        FixtureTensor both = tensor(json, "kernel.0");
        int units = both.dim(1) / 4;
        boolean peepholes = json.get("tensors").properties().stream()
                .anyMatch(tensor -> tensor.getKey().contains("_diag."));
        List<FixtureTensor> weights = new ArrayList<>(List.of(
                LoneLstm.Gates.TF1.inOrder(both.range(0, x.dim(-1))),
                LoneLstm.Gates.TF1.inOrder(both.range(x.dim(-1), x.dim(-1) + units)),
                LoneLstm.Gates.TF1.inOrder(tensor(json, "bias.0"))));
        if (peepholes) {
            List.of("w_i_diag.0", "w_f_diag.0", "w_o_diag.0").forEach(diagonal -> weights.add(tensor(json, diagonal)));
        }
        Lstm lstm = Lstm.units(units).activation(activation(name)).goBackwards(reversed)
                .forgetBias(json.get("forget_bias").asDouble()).cellClip(json.path("cell_clip").asDouble())
                .peepholes(peepholes);
        // in_1 is c and in_2 is h.
        List<FixtureTensor> begin = json.get("tensors").has("in_1.0")
                ? List.of(tensor(json, "in_2.0"), tensor(json, "in_1.0"))
                : List.of();
        LoneLstm result = LoneLstm.run(lstm, weights, x, begin);
        double allowed = FLOAT + (json.hasNonNull("max_abs_diff")
                ? json.get("max_abs_diff").asDouble()
                : json.at("/numpy_check/0").asDouble());
        for (Map.Entry<String, JsonNode> expected : json.get("expected").properties()) {
            FixtureTensor numbers = JsonArrays.tensor(expected.getValue());
            boolean states = expected.getKey().equals(fused ? "concat" : "concat_1");
            float[] got = states
                    ? joined(result.c(), result.h())
                    : steps(result.sequence(), timeMajor || numbers.rank() == 2);
            worst.close("TensorFlow 1's cells", name + " " + expected.getKey(), got, numbers.values(), allowed, 0);
        }
    }

    private static FixtureTensor tensor(JsonNode json, String end) {
        return json.get("tensors").properties().stream().filter(tensor -> tensor.getKey().endsWith(end))
                .map(tensor -> JsonArrays.tensor(tensor.getValue())).findFirst().orElseThrow();
    }

    private static String activation(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("softsign") ? "softsign" : lower.contains("sigmoid") ? "sigmoid" : "tanh";
    }

    private static float[] joined(Tensor first, Tensor second) {
        float[] a = first.toArray();
        float[] b = second.toArray();
        float[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** [B,T,U], or [T,B,U], which is also how the outputs of a loop over steps stand in a row. */
    private static float[] steps(Tensor sequence, boolean timeMajor) {
        int[] shape = java.util.Arrays.stream(sequence.shape().toArray()).mapToInt(Math::toIntExact).toArray();
        float[] floats = sequence.toArray();
        double[] values = new double[floats.length];
        java.util.Arrays.setAll(values, i -> floats[i]);
        FixtureTensor steps = new FixtureTensor("", "F32", shape, values);
        return timeMajor ? steps.permuted(1, 0, 2).floats() : floats;
    }
}
