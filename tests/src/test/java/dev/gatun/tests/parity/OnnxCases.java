package dev.gatun.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Mask;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code shared/cases/ort_lstm_cases.json}: ONNX Runtime's tests of the operator LSTM. X is [T,B,I], W [D,4U,I], R [D,4U,U],
 * B [D,8U], states [D,B,U], Y [T,D,B,U]; each of the D directions is one LSTM.
 */
final class OnnxCases {

    /** What rounding to float may add to the difference from doubles that the file tells. */
    private static final double FLOAT = 2e-6;
    private static final Pattern ONE_ROW = Pattern.compile("Y_h\\[(\\d+),(\\d+)]");

    private OnnxCases() {}

    static List<Case> all(Worst worst) {
        List<Case> cases = new ArrayList<>();
        JsonArrays.shared("cases/ort_lstm_cases.json").ifPresent(file -> file.get("cases").forEach(json -> {
            cases.add(Case.of(json.get("name").asText(), () -> check(json, worst)));
        }));
        return cases;
    }

    private static void check(JsonNode json, Worst worst) {
        String direction = json.at("/attributes/direction").asText("forward");
        List<Boolean> backwards = switch (direction) {
            case "forward" -> List.of(false);
            case "reverse" -> List.of(true);
            case "bidirectional" -> List.of(false, true);
            default -> throw new IllegalArgumentException("direction " + direction);
        };
        for (int d = 0; d < backwards.size(); d++) {
            LoneLstm result = run(json, d, backwards.get(d));
            for (Map.Entry<String, JsonNode> expected : json.get("expected").properties()) {
                compare(json, worst, d, result, expected.getKey(), JsonArrays.tensor(expected.getValue()));
            }
        }
    }

    private static LoneLstm run(JsonNode json, int d, boolean backwards) {
        JsonNode inputs = json.get("inputs");
        int units = json.at("/attributes/hidden_size").asInt();
        Lstm lstm = Lstm.units(units).goBackwards(backwards).peepholes(inputs.hasNonNull("P"))
                .inputForget(json.at("/attributes/input_forget").asInt() != 0)
                .clip(json.at("/attributes/clip").asDouble());
        JsonNode functions = json.at("/attributes/activations");
        if (functions.isArray()) {
            lstm = lstm.recurrentActivation(functions.get(3 * d).asText())
                    .activation(functions.get(3 * d + 1).asText())
                    .outputActivation(functions.get(3 * d + 2).asText());
        }
        double[] bias = new double[4 * units];
        if (inputs.hasNonNull("B")) {
            double[] both = JsonArrays.tensor(inputs.get("B")).at(d).values();
            Arrays.setAll(bias, i -> both[i] + both[4 * units + i]);
        }
        List<FixtureTensor> weights = new ArrayList<>(List.of(
                LoneLstm.Gates.ONNX.inOrder(JsonArrays.tensor(inputs.get("W")).at(d).permuted(1, 0)),
                LoneLstm.Gates.ONNX.inOrder(JsonArrays.tensor(inputs.get("R")).at(d).permuted(1, 0)),
                LoneLstm.Gates.ONNX.inOrder(new FixtureTensor("B", "F64", new int[] {4 * units}, bias))));
        if (lstm.couplesInputForget()) {
            weights.replaceAll(LoneLstm::withoutForgetGate);
        }
        if (lstm.hasPeepholes()) {
            weights.addAll(peepholes(JsonArrays.tensor(inputs.get("P")).at(d), lstm));
        }
        FixtureTensor x = JsonArrays.tensor(inputs.get("X")).permuted(1, 0, 2);
        List<FixtureTensor> begin = new ArrayList<>();
        if (inputs.hasNonNull("initial_h") || inputs.hasNonNull("initial_c")) {
            for (String state : List.of("initial_h", "initial_c")) {
                begin.add(inputs.hasNonNull(state)
                        ? JsonArrays.tensor(inputs.get(state)).at(d)
                        : new FixtureTensor(state, "F64", new int[] {x.dim(0), units}, new double[x.dim(0) * units]));
            }
        }
        if (!inputs.hasNonNull("sequence_lens")) {
            return LoneLstm.run(lstm, weights, x, begin);
        }
        int[] lengths = Arrays.stream(JsonArrays.values(inputs.get("sequence_lens"))).mapToInt(length -> (int) length)
                .toArray();
        return LoneLstm.run(lstm.zeroOutputForMask(), weights, x, begin, Mask.lengths(lengths));
    }

    /** Of the input, the forget and the output gate, of ONNX's in the order input, output, forget. */
    private static List<FixtureTensor> peepholes(FixtureTensor all, Lstm lstm) {
        int units = lstm.units();
        List<FixtureTensor> parts = new ArrayList<>();
        for (int part : lstm.couplesInputForget() ? new int[] {0, 1} : new int[] {0, 2, 1}) {
            parts.add(new FixtureTensor("P", "F64", new int[] {units},
                    Arrays.copyOfRange(all.values(), part * units, (part + 1) * units)));
        }
        return parts;
    }

    private static void compare(JsonNode json, Worst worst, int d, LoneLstm result, String what,
            FixtureTensor expected) {
        String name = json.get("name").asText();
        double allowed = FLOAT + json.get("max_abs_diff_to_numpy_float64").asDouble();
        List<MatchResult> one = ONE_ROW.matcher(what).results().toList();
        float[] got;
        double[] numbers;
        if (!one.isEmpty()) {
            if (Integer.parseInt(one.getFirst().group(1)) != d) {
                return;
            }
            int row = Integer.parseInt(one.getFirst().group(2));
            numbers = expected.values();
            got = Arrays.copyOfRange(result.h().toArray(), row * numbers.length, (row + 1) * numbers.length);
        } else {
            Tensor whole = switch (what) {
                case "Y" -> result.sequence();
                case "Y_h" -> result.h();
                case "Y_c" -> result.c();
                default -> throw new IllegalArgumentException(name + " expects " + what);
            };
            numbers = what.equals("Y")
                    ? expected.permuted(1, 2, 0, 3).at(d).values()
                    : expected.at(d).values();
            got = whole.toArray();
        }
        worst.close("ONNX Runtime's tests", name + " " + what + " of direction " + d, got, numbers, allowed, 0);
    }
}
