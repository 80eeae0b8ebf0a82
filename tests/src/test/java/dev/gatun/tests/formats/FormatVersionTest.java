package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.formats.gatun.GatunProblem;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.graph.Graph;
import dev.gatun.tests.formats.GatunModels.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of versions in docs/formats.md. That each old version is read, with its bits, is held by GatunGoldensTest. */
class FormatVersionTest extends SavedModel {

    private static final Path OLD = Path.of("src", "test", "resources", "goldens", "gatun", "v1", "chain-adam.gatun");

    @Test
    void aNewerFileIsRefusedWithBothVersionsAndTheFix() throws IOException {
        String said = refused(GatunProblem.NEWER_VERSION, sound,
                (metadata, tensors) -> metadata.put("gatun.format", "3"));
        assertTrue(said.contains("has format version 3") && said.contains("reads up to version 2")
                && said.contains("update it") && said.contains("writes version 2"), said);
    }

    /** Whatever else a newer file holds: its version is the first thing that is looked at. */
    @Test
    void aNewerFileIsRefusedForItsVersionAlone() throws IOException {
        refused(GatunProblem.NEWER_VERSION, sound, (metadata, tensors) -> {
            metadata.put("gatun.format", "2147483647");
            metadata.put("gatun.model", "something new");
            tensors.clear();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "two", "", "99999999999"})
    void whatIsNoVersionIsRefused(String version) throws IOException {
        refused(GatunProblem.BROKEN_CONFIGURATION, sound,
                (metadata, tensors) -> metadata.put("gatun.format", version));
    }

    @Test
    void momentsAreNamedByWhatTheyAre() throws IOException {
        try (SafetensorsFile file = Safetensors.read(sound)) {
            assertEquals("2", file.metadata().get("gatun.format"));
            Set<String> kernels = new TreeSet<>();
            for (TensorInfo tensor : file.tensors()) {
                if (tensor.name().endsWith("lstm/kernel")) {
                    kernels.add(tensor.name());
                }
            }
            assertEquals(Set.of("lstm/kernel", "moments/momentum/lstm/kernel", "moments/velocity/lstm/kernel"),
                    kernels);
        }
    }

    /** A name says which moment it is, wherever it stands in the list. */
    @Test
    void theOrderOfTheNamesIsNothing() throws IOException {
        Path other = changed(sound, (metadata, tensors) -> metadata.computeIfPresent("gatun.training",
                (key, text) -> text.replace("[\"momentum\",\"velocity\"]", "[\"velocity\",\"momentum\"]")));
        try (Model model = Model.load(sound); Model same = Model.load(other)) {
            for (int slot = 0; slot < 2; slot++) {
                for (int weight = 0; weight < model.weights().size(); weight++) {
                    assertArrayEquals(
                            model.weights().get(weight).get(model.trainingState().orElseThrow().slots().get(slot))
                                    .toArray(),
                            same.weights().get(weight).get(same.trainingState().orElseThrow().slots().get(slot))
                                    .toArray());
                }
            }
        }
    }

    /** Each version has its names; those of the other are not taken for them. */
    @Test
    void aVersionReadsItsOwnNamesOnly() throws IOException {
        refused(GatunProblem.BROKEN_CONFIGURATION, OLD, (metadata, tensors) -> metadata.put("gatun.format", "2"));
        refused(GatunProblem.BROKEN_CONFIGURATION, sound, (metadata, tensors) -> metadata.put("gatun.format", "1"));
        refused(GatunProblem.MISSING_TENSOR, OLD, (metadata, tensors) -> tensors.put(
                "moments/momentum/dense/bias", tensors.remove("optimizer/0/dense/bias")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "slots":2     | "slots":1          | 1 moments
            "slots":2     | "slots":-1         | -1 moments
            "slots":2     | "slots":2000000000 | 2000000000 moments
            "slots":2     | "slots":2,"more":1 | more=1
            "slots":2     | "slots":[1,2]      | slots
            """)
    void aDamagedTrainingOfVersion1IsRefused(String old, String damaged, String said) throws IOException {
        refusedWith(OLD, "gatun.training", old, damaged, said);
    }

    private void refusedWith(Path file, String document, String old, String damaged, String said) throws IOException {
        String message = refused(GatunProblem.BROKEN_CONFIGURATION, file,
                (metadata, tensors) -> metadata.computeIfPresent(document, (key, text) -> {
                    assertTrue(text.contains(old), text);
                    return text.replace(old, damaged);
                }));
        assertTrue(message.contains(said), message);
    }

    @Test
    void callsAreWrittenByName() throws IOException {
        try (SafetensorsFile file = Safetensors.read(sound)) {
            String text = file.metadata().get("gatun.model");
            assertTrue(text.contains("\"calls\":[{\"inputs\":[[\"x\",0,0]]},"
                    + "{\"initial_state\":[[\"lstm\",0,1],[\"lstm\",0,2]],\"inputs\":[[\"input_layer\",0,0]]}]"), text);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "inputs":[["x",0,0]]  | "input":[["x",0,0]]                | inputs is missing
            "inputs":[["x",0,0]]  | "inputs":[]                        | expected values for inputs, got none
            "inputs":[["x",0,0]]  | "inputs":[["x",0]]                 | expected a value as [layer, call, output]
            "inputs":[["x",0,0]]  | "inputs":[["x",4294967296,0]]      | expected a value as [layer, call, output]
            "inputs":[["x",0,0]]  | "inputs":[["x",0,0.5]]             | expected a value as [layer, call, output]
            "inputs":[["x",0,0]]  | "inputs":"x"                       | expected a list for inputs
            "inputs":[["x",0,0]]  | "inputs":[["x",0,0]],"states":[]   | states=[]; known are ignores_mask, initial_state, inputs, mask
            "inputs":[["x",0,0]]  | "inputs":[["x",0,0]],"mask":["z",0,0]                | does not exist
            "inputs":[["x",0,0]]  | "inputs":[["x",0,0]],"initial_state":[["input_layer",0,0]]     | two values, h and c
            "inputs":[["x",0,0]]  | "inputs":[["x",0,0],["input_layer",0,0]]                       | takes a sequence
            """)
    void aCallThatCannotBeIsRefused(String old, String damaged, String said) throws IOException {
        refusedWith(sound, "gatun.model", old, damaged, said);
    }

    /** Only an LSTM begins at a state: another layer that is given one says so. */
    @Test
    void aStateGivenToALayerWithoutOneIsRefused() throws IOException {
        Input in = Input.shape(2);
        Map<String, Object> config;
        try (Model model = Model.of(in, Dense.units(2).on(in))) {
            config = plain(ModelConfig.toMap(model.graph()));
        }
        String text = PlainJson.text(config).replace("\"inputs\":[[\"input_layer\",0,0]]",
                "\"inputs\":[[\"input_layer\",0,0]],\"initial_state\":[[\"input_layer\",0,0]]");
        assertTrue(text.contains("initial_state"), text);
        assertThrows(IllegalArgumentException.class,
                () -> ModelConfig.nodes(PlainJson.object("model", text)).graph());
    }

    /** All three arguments, through the configuration and back. */
    @Test
    void everyArgumentComesBack() {
        Input in = Input.shape(4, 2);
        Input steps = Input.mask(4).named("steps");
        Input h = Input.shape(3).named("h");
        Input c = Input.shape(3).named("c");
        Node out = Lstm.units(3).call(new CallArguments<>(List.of(in), List.of(h, c), steps)).output(0);
        Graph graph = Graph.of("masked", false, List.of(in, h, c, steps), List.of(out));
        Map<String, Object> config = plain(ModelConfig.toMap(graph));
        Graph again = ModelConfig.nodes(config).graph();
        CallArguments<Graph.Ref> read = again.steps().getLast().arguments();
        assertEquals(graph.steps().getLast().arguments(), read);
        assertEquals(config, plain(ModelConfig.toMap(again)));
    }

    private static Map<String, Object> plain(Map<String, Object> config) {
        return new LinkedHashMap<>(PlainJson.object("model", PlainJson.text(config)));
    }

    private Path changed(Path from, Change change) throws IOException {
        Path to = folder.resolve("changed.gatun");
        GatunModels.rewrite(from, to, change);
        return to;
    }

    private String refused(GatunProblem problem, Path from, Change change) throws IOException {
        Path file = changed(from, change);
        FormatException told = assertThrows(FormatException.class, () -> Model.load(file));
        assertEquals(problem, told.problem().orElseThrow(), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
        return told.getMessage();
    }
}
