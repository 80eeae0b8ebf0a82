package dev.gatun.tests.attention;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras 3.15.1 (TensorFlow) wrote, with what it predicted when it had read them again; masks made by layers. */
final class KerasAttentionFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"gqa_causal_scores", "gqa_emb_masked", "mha_masked_causal_scores", "mha_broadcast_mask",
        "mha_emb_masked_direct", "att_masked_scores"})
    void predictAsKerasDoes(String name) throws Exception {
        JsonNode numbers = JsonArrays.read(file(name + ".json"));
        try (Model model = Model.load(file(name + ".keras"))) {
            List<Tensor> inputs = new ArrayList<>();
            numbers.get("in").forEach(input -> inputs.add(tensor(input)));
            List<Tensor> outputs = model.predict(inputs);
            assertEquals(numbers.get("out").size(), outputs.size());
            for (int i = 0; i < outputs.size(); i++) {
                FixtureTensor expected = JsonArrays.shaped(numbers.get("out").get(i));
                Measure.within(1e-5, name + ", output " + i, outputs.get(i).toArray(), expected.values());
            }
        }
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(KerasAttentionFilesTest.class.getResource("/attention/" + name).toURI());
    }

    private static Tensor tensor(JsonNode json) {
        FixtureTensor given = JsonArrays.shaped(json);
        long[] dims = Arrays.stream(given.shape()).asLongStream().toArray();
        return json.get("dtype").asText().equals("float32")
                ? Tensor.of(given.floats(), dims)
                : Tensor.ofInts(Arrays.stream(given.values()).mapToInt(value -> (int) value).toArray(), dims);
    }
}
