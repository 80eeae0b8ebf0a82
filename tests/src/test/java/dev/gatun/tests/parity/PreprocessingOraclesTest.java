package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.Rescaling;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Keras's oracles of layers that prepare data, built in Java, with the weights of the files. */
final class PreprocessingOraclesTest {

    private static final double LIMIT = 1e-5;

    private static Path file(String name) {
        Path file = Shared.find("oracles/keras3b/" + name + ".keras").orElse(null);
        Assumptions.assumeTrue(file != null, Shared.ABSENT);
        return file;
    }

    private static JsonNode numbers(Path file) {
        return JsonArrays.read(file.resolveSibling(file.getFileName().toString().replace(".keras", ".json")));
    }

    /** In the order of the model, whatever layers are called. */
    private static void takeWeights(Model built, Path file) throws IOException {
        try (Model read = Model.load(file)) {
            assertEquals(read.weights().size(), built.weights().size());
            for (int i = 0; i < read.weights().size(); i++) {
                Weight weight = read.weights().get(i);
                assertEquals(weight.shape(), built.weights().get(i).shape());
                built.weights().get(i).set(weight.get());
            }
        }
    }

    private static void check(Model built, String name) throws IOException {
        Path file = file(name);
        JsonNode numbers = numbers(file);
        try (built) {
            takeWeights(built, file);
            List<Tensor> outputs = built.predict(List.of(Parity.tensor(JsonArrays.shaped(numbers.get("in_0")))));
            for (int i = 0; i < outputs.size(); i++) {
                FixtureTensor expected = JsonArrays.shaped(numbers.get("out_" + i));
                assertEquals(Parity.tensor(expected).shape(), outputs.get(i).shape());
                Measure.within(LIMIT, name + " out_" + i, outputs.get(i).toArray(), expected.values());
            }
        }
    }

    @Test
    void rescaling() throws IOException {
        check(Sequential.of(Input.shape(5, 4), Rescaling.by(0.5).plus(-1.25), Gru.units(3)), "norm_rescaling");
    }

    @Test
    void normalization() throws IOException {
        Input in = Input.shape(4);
        Normalization given = Normalization.of().mean(1, 2, 3, 4).variance(1, 0.5, 2, 3);
        check(Model.of(List.of(in), List.of(Normalization.of().axes().on(in), given.on(in),
                given.variance(1, 0.5, 2, 0).invert().on(in))), "norm_normalization_args");
    }

    @Test
    void floatsAsIds() throws IOException {
        check(Sequential.of(Input.ints(5).takesFloats(true), Embedding.of(9, 4).maskZero(), Lstm.units(3)),
                "emb_float_ids");
    }

    @Test
    void lookup() throws IOException {
        JsonNode numbers = numbers(file("pre_integer_lookup"));
        int[] in = ints(numbers.get("in_0"));
        try (Model model = Sequential.of(IntegerLookup.of(4, 2, 9).oovIndices(2).maskToken(0))) {
            assertArrayEquals(ints(numbers.get("out_0")),
                    model.predict(Tensor.ofInts(in, in.length / 5, 5)).toIntArray());
        }
    }

    private static int[] ints(JsonNode tensor) {
        return Arrays.stream(JsonArrays.shaped(tensor).values()).mapToInt(number -> (int) number).toArray();
    }
}
