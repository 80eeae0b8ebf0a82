package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.PlainJson;
import dev.gatun.layers.Activation;
import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Sgd;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.tests.own.Unregistered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Number 1: a model that is saved can be loaded; one that could not be is refused while the old file still stands. */
class Mended01SavedLoadsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1000, 3000})
    void longChainsComeBack(int layers) throws IOException {
        chainComesBack(layers);
    }

    @Test
    @Tag("thorough")
    void aChainOfTwentyThousandLayersComesBack() throws IOException {
        chainComesBack(20_000);
    }

    private void chainComesBack(int layers) throws IOException {
        List<Layer> chain = new ArrayList<>(List.of(Input.shape(1)));
        for (int i = 0; i < layers; i++) {
            chain.add(Dense.units(1));
        }
        Path file = folder.resolve("chain.gatun");
        try (Model model = Sequential.of(chain)) {
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertEquals(layers + 1, loaded.graph().layers().size());
                Path again = folder.resolve("again.gatun");
                loaded.save(again);
                assertEquals(-1, Files.mismatch(file, again));
            }
        }
    }

    /** The worst order for whoever wires calls as they come. */
    @Test
    void aConfigurationInReverseOrderIsWiredToo() {
        List<Layer> chain = new ArrayList<>(List.of(Input.shape(1)));
        for (int i = 0; i < 3000; i++) {
            chain.add(Activation.of("tanh"));
        }
        try (Model model = Sequential.of(chain)) {
            Map<String, Object> config = new HashMap<>(ModelConfig.toMap(model.graph()));
            List<Object> layers = new ArrayList<>((List<?>) config.get("layers"));
            Collections.reverse(layers);
            config.put("layers", layers);
            Graph graph = ModelConfig.nodes(config).graph();
            assertEquals(PlainJson.text(ModelConfig.toMap(model.graph())), PlainJson.text(ModelConfig.toMap(graph)));
        }
    }

    @Test
    void nullInTheMetadataIsRefusedByItsKey() {
        try (Model model = small()) {
            assertEquals("Model.metadata: value of 'k' is null; give a text, which may be empty",
                    assertThrows(NullPointerException.class, () -> model.metadata().put("k", null)).getMessage());
            assertEquals("Model.metadata: key is null; give a text",
                    assertThrows(NullPointerException.class, () -> model.metadata().put(null, "v")).getMessage());
            assertTrue(model.metadata().isEmpty());
        }
    }

    @Test
    void longMetadataComeBack() throws IOException {
        Path file = folder.resolve("long.gatun");
        try (Model model = small()) {
            model.metadata().put("value", "x".repeat(21_000_000));
            model.metadata().put("k".repeat(60_000), "v");
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertEquals(model.metadata(), loaded.metadata());
            }
        }
    }

    @Test
    @Tag("thorough")
    void metadataBeyondWhatAHeaderHoldsAreRefused() throws IOException {
        try (Model model = small()) {
            String much = "x".repeat(60_000_000);
            model.metadata().put("a", much);
            model.metadata().put("b", much);
            refused(model, "more than 100000000 characters");
            model.metadata().clear();
            model.metadata().put("a", "\"".repeat(40_000_000));
            refused(model, "100000000 bytes that a header may have");
        }
    }

    @Test
    void aModelNeedsAName() {
        Input in = Input.shape(1);
        List<Node> out = List.of(Dense.units(1).on(in));
        assertTrue(assertThrows(NullPointerException.class, () -> Model.named(null, List.of(in), out)).getMessage()
                .contains("name is null"));
        assertTrue(assertThrows(NullPointerException.class,
                () -> Sequential.named(null, List.of(Input.shape(1), Dense.units(1)))).getMessage()
                .contains("name is null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "__metadata__", "optimizer", " x ", "\uD83D\uDE00", "caf\u00e9\n", "\uFFFF"})
    void oddNamesComeBack(String name) throws IOException {
        Path file = folder.resolve("odd.gatun");
        Input in = Input.shape(2).named(name + "in");
        try (Model model = Model.named(name, List.of(in), List.of(Dense.units(1).named(name).on(in)))) {
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertEquals(name, loaded.name());
                assertEquals(model.weights().get(0).name(), loaded.weights().get(0).name());
            }
        }
    }

    @Test
    void halfASurrogatePairIsRefusedWhereverItStands() throws IOException {
        try (Model model = small()) {
            model.metadata().put("k", "\uD800");
            refused(model, "surrogate");
        }
        Input in = Input.shape(2);
        try (Model model = Model.named("\uDC00", List.of(in), List.of(Dense.units(1).on(in)))) {
            refused(model, "surrogate");
        }
        try (Model model = Model.of(in, Dense.units(1).named("\uDC00").on(in))) {
            refused(model, "surrogate");
        }
    }

    @Test
    void aModelWithoutWeightsComesBack() throws IOException {
        Path file = folder.resolve("none.gatun");
        Input in = Input.shape(2);
        try (Model model = Model.of(in, Activation.of("tanh").on(in))) {
            model.save(file);
            Model.load(file).close();
        }
    }

    @Test
    void aLayerThatNobodyRegisteredIsRefused() {
        Input in = Input.shape(2);
        Layer own = new Unregistered();
        String said = assertThrows(IllegalArgumentException.class, () -> Model.of(in, own.on(in))).getMessage();
        assertTrue(said.contains("Unregistered") && said.contains("LayerType") && said.contains("service"), said);
    }

    @Test
    void progressThatIsNotPlainIsRefused() throws IOException {
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        for (Object odd : List.of(endless, new Object(), Map.of(1, 2), "\uD800")) {
            try (Model model = small()) {
                Map<String, Object> progress = progress();
                progress.put("odd", odd);
                model.network().progress(new TrainingState(Sgd.rate(1).toConfig(), progress, List.of()));
                refused(model, "cannot be written");
            }
        }
    }

    @Test
    void everyNumberOfAProgressComesBack() throws IOException {
        Path file = folder.resolve("numbers.gatun");
        Map<String, Object> progress = progress();
        progress.put("odd", List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Long.MIN_VALUE,
                new BigInteger("123456789012345678901234567890")));
        progress.put("none", null);
        try (Model model = small()) {
            model.network().progress(new TrainingState(Sgd.rate(1).toConfig(), progress, List.of()));
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertEquals(progress, loaded.trainingState().orElseThrow().progress());
            }
        }
    }

    @Test
    void momentsOfAnotherModelAreRefused() throws IOException {
        try (Model model = small(); Model other = Sequential.of(Input.shape(3), Dense.units(2))) {
            ParameterBlock moments = other.network().parameters().twin(other.network().arena(), "moments");
            model.network().progress(
                    new TrainingState(Sgd.rate(1).momentum(0.5).toConfig(), progress(), List.of(moments)));
            refused(model, "another model");
        }
    }

    private static Map<String, Object> progress() {
        Map<String, Object> progress = new HashMap<>();
        progress.put(TrainingState.STEPS, 1L);
        progress.put(TrainingState.EPOCHS, 1L);
        progress.put(TrainingState.SEED, 1L);
        progress.put(TrainingState.OPTIMIZER_NUMBERS, 2L);
        return progress;
    }

    private static Model small() {
        return Sequential.of(Input.shape(2), Dense.units(1));
    }

    private void refused(Model model, String said) throws IOException {
        Path file = folder.resolve("model.gatun");
        try (Model old = small()) {
            old.save(file);
        }
        byte[] before = Files.readAllBytes(file);
        String message = assertThrows(FormatException.class, () -> model.save(file)).getMessage();
        assertTrue(message.startsWith(file.toString()) && message.contains(said), message);
        assertEquals(1, message.lines().count());
        assertArrayEquals(before, Files.readAllBytes(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThrows(FormatException.class, () -> model.save(out, "gatun"));
        assertEquals(0, out.size());
    }
}
