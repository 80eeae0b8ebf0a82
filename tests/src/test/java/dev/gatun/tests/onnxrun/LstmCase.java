package dev.gatun.tests.onnxrun;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.tensors.NumberType;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A test of ONNX Runtime's LSTM as it stands in {@code shared/cases/ort_lstm_cases.json}, run as a graph of one node. */
final class LstmCase {

    private static final List<String> INPUTS = List.of("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c",
            "P");
    private static final int FLOAT = 1;
    private static final int INT32 = 6;
    /** What rounding to float may add to the difference from doubles that the file tells. */
    private static final double ROUNDING = 2e-6;
    private static final Pattern ONE_ROW = Pattern.compile("Y_h\\[(\\d+),(\\d+)]");

    private LstmCase() {}

    static void check(JsonNode json) throws IOException {
        TestGraph graph = new TestGraph(17);
        Map<String, OnnxArray> given = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (String name : INPUTS) {
            JsonNode value = json.at("/inputs/" + name);
            boolean isThere = value.isArray();
            names.add(isThere ? name : "");
            if (isThere) {
                FixtureTensor tensor = JsonArrays.tensor(value);
                boolean isLengths = name.equals("sequence_lens");
                graph.input(name, isLengths ? INT32 : FLOAT, Arrays.stream(tensor.shape()).asLongStream().toArray());
                given.put(name, OnnxNumbers.array(tensor, isLengths ? NumberType.INT32 : NumberType.FLOAT32));
            }
        }
        graph.node("LSTM", names, List.of("Y", "Y_h", "Y_c"), attributes(json.get("attributes")))
                .output("Y").output("Y_h").output("Y_c");
        Map<String, OnnxArray> made = graph.open().run(given);
        double allowed = ROUNDING + json.get("max_abs_diff_to_numpy_float64").asDouble();
        json.get("expected").properties().forEach(entry -> close(entry.getKey(), made, entry.getValue(), allowed));
    }

    private static AttributeProto[] attributes(JsonNode json) {
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(TestGraph.attribute("hidden_size", json.get("hidden_size").asLong()));
        attributes.add(TestGraph.attribute("direction", json.path("direction").asText("forward")));
        attributes.add(TestGraph.attribute("input_forget", json.path("input_forget").asLong()));
        if (json.hasNonNull("clip")) {
            attributes.add(TestGraph.attribute("clip", (float) json.get("clip").asDouble()));
        }
        if (json.hasNonNull("activations")) {
            attributes.add(TestGraph.attribute("activations",
                    json.get("activations").valueStream().map(JsonNode::asText).toList()));
        }
        return attributes.toArray(AttributeProto[]::new);
    }

    private static void close(String what, Map<String, OnnxArray> made, JsonNode json, double allowed) {
        FixtureTensor expected = JsonArrays.tensor(json);
        List<MatchResult> one = ONE_ROW.matcher(what).results().toList();
        double[] got = made.get(one.isEmpty() ? what : "Y_h").toDoubles();
        if (one.isEmpty()) {
            assertEquals(OnnxNumbers.array(expected, NumberType.FLOAT32).shape(), made.get(what).shape());
        } else {
            int start = Integer.parseInt(one.getFirst().group(2)) * expected.values().length;
            got = Arrays.copyOfRange(got, start, start + expected.values().length);
        }
        for (int i = 0; i < got.length; i++) {
            assertEquals(expected.values()[i], got[i], allowed, what + " at " + i);
        }
    }
}
