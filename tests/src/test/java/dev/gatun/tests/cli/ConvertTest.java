package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.keras.KerasWeightsFile;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.tests.Shared;
import dev.gatun.tests.own.Passing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatun convert`: a file in, another out, and weights by name into a model.
final class ConvertTest {

    @TempDir
    Path folder;

    private Path model(String name, String lstm, long seed) throws IOException {
        Path file = folder.resolve(name);
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4).named(lstm),
                Dense.units(2).named("dense"))) {
            model.initialize(seed);
            model.metadata().put("scale", "2");
            model.save(file);
        }
        return file;
    }

    /** The weights of a model, and nothing else. */
    private Path weights(String name, String lstm, long seed) throws IOException {
        Path file = folder.resolve(name);
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Model model = Model.load(model("of." + name + ".gatun", lstm, seed))) {
            for (Weight weight : model.weights()) {
                writer.tensor(weight.name(), weight.get());
            }
            writer.write(file);
        }
        return file;
    }

    @Test
    void whatIsReadIsWrittenAndReadAgain() throws Exception {
        Path in = model("in.gatun", "lstm", 3);
        Path out = folder.resolve("out.gatun");
        Cli cli = Cli.ok("convert", in, out);
        assertTrue(cli.out().contains("lstm (LSTM)") && cli.out().contains("Wrote " + out + " (Gatun)"), cli.out());
        assertTrue(cli.out().contains("gives the same: error 0.0e+00"), cli.out());
        assertEquals("", cli.err(), "nothing is lost");
        assertArrayEquals(Files.readAllBytes(in), Files.readAllBytes(out), "equal models give equal bytes");
        JsonNode json = Cli.ok("convert", in, out, "--json").json();
        assertEquals("Gatun", json.get("format").asText());
        assertEquals("model", json.get("read_again").asText());
        assertEquals(0, json.get("lost").size());
        assertEquals(0, json.get("error").asDouble());
        assertEquals("", Cli.ok("convert", in, out, "--quiet").out());
        assertFalse(Cli.ok("convert", in, out, "--no-check").out().contains("Read again"));
        assertFalse(Cli.ok("convert", in, out, "--no-check", "--json").json().has("read_again"));
    }

    @Test
    void weightsGoIntoAModel() throws Exception {
        Path model = model("mine.gatun", "encoder", 3);
        Path weights = weights("w.safetensors", "lstm_1", 8);
        Path out = folder.resolve("out.gatun");
        Cli.refused(Cli.args("convert", weights, out), "not a model of Gatun's");
        Cli.refused(Cli.args("convert", weights, out, "--into", model), "has nothing for 'encoder/kernel'",
                "lstm_1/kernel");
        assertFalse(Files.exists(out));
        Cli.ok("convert", weights, out, "--into", model, "--rename", "lstm_1/=encoder/");
        try (Model made = Model.load(out); Model source = Model.load(folder.resolve("of.w.safetensors.gatun"))) {
            assertArrayEquals(source.weight("lstm_1/kernel").get().toArray(),
                    made.weight("encoder/kernel").get().toArray());
            assertEquals("2", made.metadata().get("scale"), "what is kept with the model stays with it");
        }
        JsonNode json = Cli.ok("convert", weights, out, "--into", model, "--lenient", "--json").json();
        assertEquals("[\"dense/kernel\",\"dense/bias\"]", json.get("loaded").toString());
        assertEquals(3, json.get("missing").size());
        assertEquals(3, json.get("left_over").size());
        json = Cli.ok("convert", weights, out, "--into", model, "--only", "dense/", "--json").json();
        assertEquals(0, json.get("missing").size() + json.get("left_over").size());
    }

    @Test
    void weightsOfKeras3IntoAModel() throws Exception {
        Path model = model("in.gatun", "encoder", 1);
        Path weights = folder.resolve("w.weights.h5");
        Path out = folder.resolve("out.gatun");
        try (Model source = Model.load(model("source.gatun", "lstm_1", 2))) {
            KerasWeightsFile.save(source, weights);
            Cli.ok("convert", weights, out, "--into", model, "--rename", "lstm_1/=encoder/");
            try (Model made = Model.load(out)) {
                assertArrayEquals(source.weight("lstm_1/kernel").get().toArray(),
                        made.weight("encoder/kernel").get().toArray());
            }
        }
    }

    @Test
    void refusals() throws Exception {
        Path in = model("in.gatun", "lstm", 3);
        Path out = folder.resolve("out.gatun");
        Cli.refused(Cli.args("convert", in, folder.resolve("out.xyz")), "out.xyz", "no format writes such a name");
        Cli.refused(Cli.args("convert", in, in), "is the file that is read");
        Cli.refused(Cli.args("convert", out, in, "--into", in), "is the file that is read");
        Cli.refused(Cli.args("convert", in, folder.resolve("no/out.gatun")), "does not exist");
        Cli.refused(Cli.args("convert", folder.resolve("no.gatun"), out), "no.gatun");
        Cli.refused(Cli.args("convert", in, out, "--rename", "a=b"), "--rename is for weights", "--into");
        Cli.refused(Cli.args("convert", in, out, "--lenient"), "--lenient is for weights");
        Cli.refused(Cli.args("convert", in, out, "--into", in, "--rename", "a"), "--rename is FROM=TO, got 'a'");
        Cli.refused(Cli.args("convert", in), "OUT");
        assertFalse(Files.exists(out), "nothing half written");
    }

    @Test
    void modelsOfKeras() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path keras = Shared.find("models/har-esp32/lstm_model.keras").orElseThrow();
        Path out = folder.resolve("har.gatun");
        Cli cli = Cli.ok("convert", keras, out);
        assertTrue(cli.out().contains("<- layers/lstm"), cli.out());
        assertTrue(cli.out().contains("note: its training has made 2772 step(s) of Adam"), cli.out());
        try (Model trained = Model.load(out)) {
            assertEquals(2772, trained.trainingState().orElseThrow().steps());
        }
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", keras, "--save", reference);
        Cli.ok("verify", out, "--against", reference, "--tolerance", 0);
    }

    @Test
    void everyKindThatIsWrittenIsReadAgain() throws Exception {
        Path in = model("in.gatun", "lstm", 3);
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", in, "--save", reference);
        for (String ending : new String[] {"keras", "onnx"}) {
            Path out = folder.resolve("out." + ending);
            Cli cli = Cli.ok("convert", in, out);
            assertTrue(cli.out().contains("Read again it gives the same"), cli.out() + cli.err());
            assertEquals("", cli.err(), "nothing is lost");
            Cli.ok("verify", out, "--against", reference);
            assertEquals("model", Cli.ok("inspect", out, "--json").json().get("verdict").asText());
        }
    }

    @Test
    void weightsAloneAreReadIntoACopy() throws Exception {
        Path in = model("in.gatun", "lstm", 3);
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", in, "--save", reference);
        Path state = folder.resolve("state.safetensors");
        Cli cli = Cli.ok("convert", in, state, "--as", "pytorch");
        assertTrue(cli.out().contains("Wrote " + state + " (PyTorch state dict)")
                && cli.out().contains("gives the same: error 0.0e+00"), cli.out());
        assertTrue(cli.err().contains("weights alone"), cli.err());
        JsonNode json = Cli.ok("convert", in, state, "--as", "pytorch", "--json").json();
        assertEquals("weights", json.get("read_again").asText());
        assertEquals(0, json.get("error").asDouble());
        try (SafetensorsFile tensors = Safetensors.read(state)) {
            assertEquals(Set.of("lstm.weight_ih_l0", "lstm.weight_hh_l0", "lstm.bias_ih_l0", "lstm.bias_hh_l0",
                    "dense.weight", "dense.bias"),
                    tensors.tensors().stream().map(TensorInfo::name).collect(Collectors.toSet()));
        }
        Path back = folder.resolve("back.gatun");
        Cli.ok("convert", state, back);
        Cli.ok("verify", back, "--against", reference, "--tolerance", 0);

        Path keras = folder.resolve("w.weights.h5");
        json = Cli.ok("convert", in, keras, "--json").json();
        assertEquals("weights of Keras 3", json.get("format").asText());
        assertEquals("weights", json.get("read_again").asText());
        assertArrayEquals(Files.readAllBytes(keras),
                Files.readAllBytes(written("v.weights.h5", in, "--as", "weights.h5")), "by the option too");
        Cli.ok("convert", keras, back, "--into", in);
        Cli.ok("verify", back, "--against", reference, "--tolerance", 0);
        Path named = written("an_onnx_file", in, "--as", "onnx");
        Cli.ok("verify", named, "--against", reference);
        Cli.refused(Cli.args("convert", in, folder.resolve("w.h5"), "--as", "weights.h5"), "name ends in .weights.h5");
        Cli.refused(Cli.args("convert", in, folder.resolve("w.h5"), "--as", "h5"), "--as h5", "pytorch, weights.h5");
    }

    private Path written(String name, Path in, Object... options) {
        Path file = folder.resolve(name);
        Cli.ok(Stream.concat(Stream.of("convert", in, file), Stream.of(options)).toArray());
        return file;
    }

    @Test
    void whatPyTorchCannotHoldIsRefusedByName() throws Exception {
        Path in = folder.resolve("in.gatun");
        Path out = folder.resolve("out.safetensors");
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4).peepholes().named("deep"))) {
            model.save(in);
        }
        Cli cli = Cli.run("convert", in, out, "--as", "pytorch");
        assertEquals(1, cli.code());
        assertTrue(cli.err().contains("Layer 'deep' (LSTM)") && cli.err().contains("peepholes"), cli.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void anArchitectureSaysWhatAStateDictDoes() throws Exception {
        Path state = folder.resolve("s.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        try (Model source = Model.load(model("source.gatun", "lstm", 3))) {
            Path full = folder.resolve("full.safetensors");
            TorchFormat.save(source, full);
            try (SafetensorsFile tensors = Safetensors.read(full)) {
                for (TensorInfo info : tensors.tensors()) {
                    writer.tensor(info.name(), tensors.tensor(info.name()));
                }
                writer.write(state);
            }
        }
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", folder.resolve("source.gatun"), "--save", reference);
        Path out = folder.resolve("out.gatun");
        Cli.ok("convert", state, out, "--architecture", "lstm last dense");
        Cli.ok("verify", out, "--against", reference, "--tolerance", 0);
        Path json = folder.resolve("architecture.json");
        Files.writeString(json, "{\"after\": {\"lstm\": [\"last\"]}}");
        Cli.ok("convert", state, out, "--architecture", json);
        Cli.ok("verify", out, "--against", reference, "--tolerance", 0);
        Cli.ok("verify", state, "--architecture", json, "--against", reference, "--tolerance", 0);
        assertTrue(Cli.run("verify", state, "--against", reference).code() != 0, "without it there is another model");
        Path made = folder.resolve("made.safetensors");
        Cli.ok("predict", state, "--architecture", "lstm last dense", "--input", reference, "--output", made);
        assertNotEquals(Cli.ok("summary", state).out(),
                Cli.ok("summary", state, "--architecture", "lstm last dense").out());
        assertTrue(Cli.ok("inspect", state, "--architecture", "lstm last dense").out().contains("read as a model"));
        Cli.refused(Cli.args("predict", folder.resolve("source.gatun"), "--architecture", "lstm", "--input", reference,
                "--output", made), "is for state dicts of PyTorch");
        theNotesSayWhatCanBeTyped(state, out);
        Cli.refused(Cli.args("convert", state, out, "--architecture", "lstm then dense"), "has no module 'then'");
        Cli.refused(Cli.args("convert", state, out, "--architecture", "{\"words\": []}"), "a key 'words'", "forward");
        Cli.refused(Cli.args("convert", state, out, "--architecture", "no.json"), "no.json");
        Cli.refused(Cli.args("convert", folder.resolve("source.gatun"), out, "--architecture", "lstm"),
                "is for state dicts of PyTorch");
        Cli.refused(Cli.args("convert", state, out, "--architecture", "lstm", "--into", folder.resolve("source.gatun")),
                "give one of them");
    }

    /** What a note advises is taken as it stands. */
    private void theNotesSayWhatCanBeTyped(Path state, Path out) throws Exception {
        String said = Cli.ok("convert", state, out).out();
        Matcher advice = Pattern.compile("--architecture '([^']*)'").matcher(said);
        int found = 0;
        while (advice.find()) {
            Cli.ok("convert", state, out, "--architecture", advice.group(1));
            found++;
        }
        assertTrue(found > 0, said);
        assertEquals(1, said.split("TorchArchitecture.of", -1).length - 1, said);
    }

    /** Layers that ONNX has no operators for come back by the configuration in the file. */
    @Test
    void everyLayerComesBackFromOnnx() throws Exception {
        JsonNode json = Cli.ok("convert", normed(Lstm.units(4).layerNorm()), folder.resolve("out.onnx"), "--json")
                .json();
        assertEquals("model", json.get("read_again").asText());
        assertEquals(0, json.get("lost").size());
        assertEquals(0, json.get("error").asDouble());
    }

    private Path normed(Layer... layers) throws IOException {
        Path in = folder.resolve("in.gatun");
        List<Layer> all = new ArrayList<>(List.of(Input.shape(Shape.UNKNOWN, 3)));
        all.addAll(List.of(layers));
        try (Model model = Sequential.of(all.toArray(Layer[]::new))) {
            model.save(in);
        }
        return in;
    }

    /** A graph that no layers make is run as it stands: with a layer of one's own there is no configuration in the file. */
    @Test
    void whatIsNoModelAnyMoreIsStillCompared() throws Exception {
        Path in = normed(Lstm.units(4).layerNorm(), new Passing(1));
        JsonNode json = Cli.ok("convert", in, folder.resolve("out.onnx"), "--json").json();
        assertEquals("graph", json.get("read_again").asText());
        assertEquals(1, json.get("lost").size());
        assertTrue(json.get("error").asDouble() < 1e-5, json.toString());
    }

    @Test
    void whatCannotBeReadAgainIsAFailure() throws Exception {
        Path in = own(Passing.RANDOM);
        Path out = folder.resolve("out.onnx");
        Cli cli = Cli.run("convert", in, out, "--json");
        assertEquals(1, cli.code());
        assertTrue(cli.json().get("read_again").isNull(), cli.out());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertTrue(cli.err().contains("was written, but cannot be read again") && cli.err().contains("--no-check")
                && cli.err().contains("RandomNormalLike"), cli.err());
        assertTrue(Files.exists(out));
        Cli.ok("convert", in, out, "--no-check");
    }

    @Test
    void soIsWhatGivesSomethingElse() throws Exception {
        Cli cli = Cli.run("convert", own(Passing.NEGATIVE), folder.resolve("out.onnx"), "--json");
        assertEquals(1, cli.code());
        assertEquals("model", cli.json().get("read_again").asText());
        assertEquals(2, cli.json().get("error").asDouble(), 1e-5);
        assertTrue(cli.err().contains("it does not give what the model gives: ") && cli.err().contains("DIFFERS"),
                cli.err());
    }

    private Path own(int passing) throws IOException {
        Path in = folder.resolve("in.gatun");
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2), new Passing(passing))) {
            model.save(in);
        }
        return in;
    }
}
