package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.gatun.GatunProblem;
import dev.gatun.formats.tensors.FullDisk;
import dev.gatun.formats.tensors.SafetensorsProblem;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatunFormatTest extends SavedModel {

    @Test
    void everythingComesBackBitForBit() throws IOException {
        try (Model saved = GatunModels.rich(1); Model loaded = Model.load(sound)) {
            assertEquals(saved.summaryText(), loaded.summaryText());
            assertEquals(saved.inputNames(), loaded.inputNames());
            assertEquals(saved.outputNames(), loaded.outputNames());
            assertEquals(saved.metadata(), loaded.metadata());
            TrainingState before = saved.trainingState().orElseThrow();
            TrainingState after = loaded.trainingState().orElseThrow();
            assertEquals(before.optimizer(), after.optimizer());
            assertEquals(before.progress(), after.progress());
            assertEquals(2, after.slots().size());
            assertBits(saved, loaded);
            List<Tensor> inputs = List.of(ramp(7, 5, 3), ramp(7, 4, 3));
            List<Tensor> expected = saved.predict(inputs);
            List<Tensor> got = loaded.predict(inputs);
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i).toArray(), got.get(i).toArray());
            }
            Path again = folder.resolve("again.safetensors");
            loaded.save(again);
            assertArrayEquals(Files.readAllBytes(sound), Files.readAllBytes(again));
        }
    }

    private static void assertBits(Model saved, Model loaded) {
        for (int i = 0; i < saved.weights().size(); i++) {
            int index = i;
            String name = saved.weights().get(i).name();
            assertEquals(name, loaded.weights().get(i).name());
            assertArrayEquals(saved.weights().get(i).get().toArray(), loaded.weights().get(i).get().toArray(), name);
            for (int slot = 0; slot < 2; slot++) {
                assertArrayEquals(
                        saved.weights().get(index).get(saved.trainingState().orElseThrow().slots().get(slot)).toArray(),
                        loaded.weights().get(index).get(loaded.trainingState().orElseThrow().slots().get(slot))
                                .toArray(),
                        name);
            }
        }
    }

    @Test
    void aModelThatWasNeverTrainedHasNoTrainingState() throws IOException {
        Path file = folder.resolve("plain.gatun");
        try (Model model = GatunModels.rich(2)) {
            model.network().progress(null);
            model.save(file);
        }
        try (Model loaded = Model.load(file)) {
            assertTrue(loaded.trainingState().isEmpty());
        }
    }

    @Test
    void equalModelsGiveEqualBytes() throws IOException {
        Path again = folder.resolve("again.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(again);
        }
        assertArrayEquals(Files.readAllBytes(sound), Files.readAllBytes(again));
    }

    @Test
    void aFullDiskLeavesTheOldModel() throws Exception {
        byte[] old = Files.readAllBytes(sound);
        try (Model other = GatunModels.rich(3)) {
            for (int room : new int[] {0, 9, 2000, old.length - 1}) {
                IOException told = assertThrows(IOException.class,
                        () -> FullDisk.of(room).during(() -> other.save(sound)));
                assertTrue(told.getMessage().contains("old file is intact"), told.getMessage());
            }
            assertThrows(IOException.class, () -> FullDisk.noticedLate().during(() -> other.save(sound)));
        }
        assertArrayEquals(old, Files.readAllBytes(sound));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(sound), files.toList());
        }
        Model.load(sound).close();
    }

    @Test
    void whatIsNotAModelOfOursIsToldApart() throws IOException {
        Path tensors = folder.resolve("tensors.safetensors");
        new SafetensorsWriter().tensor("t", Tensor.zeros(2)).write(tensors);
        assertProblem(GatunProblem.NOT_A_MODEL, tensors, "not a model of Gatun's");
        assertProblem(GatunProblem.NEWER_VERSION, changed((metadata, all) -> metadata.put("gatun.format", "3")),
                "newer Gatun", "update");
        assertProblem(GatunProblem.BROKEN_CONFIGURATION,
                changed((metadata, all) -> metadata.put("gatun.format", "one")), "gatun.format");
        assertThrows(IOException.class, () -> Model.load(folder.resolve("absent.gatun")));
        assertThrows(IOException.class, () -> Model.load(Files.createDirectory(folder.resolve("folder.gatun"))));
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a model at all");
        assertThrows(IOException.class, () -> Model.load(text));
    }

    @Test
    void tensorsAreHeldAgainstTheConfiguration() throws IOException {
        assertProblem(GatunProblem.MISSING_TENSOR, changed((metadata, all) -> all.remove("lstm/kernel")),
                "lstm/kernel", "(3, 16)");
        assertProblem(GatunProblem.MISSING_TENSOR,
                changed((metadata, all) -> all.remove("moments/velocity/lstm/bias")), "moments/velocity/lstm/bias");
        assertProblem(GatunProblem.WRONG_SHAPE,
                changed((metadata, all) -> all.put("lstm/kernel", Tensor.zeros(16, 3))), "(16, 3)", "(3, 16)");
        assertProblem(GatunProblem.UNEXPECTED_TENSOR,
                changed((metadata, all) -> all.put("gru/kernel", Tensor.zeros(1))), "gru/kernel");
        assertProblem(GatunProblem.UNEXPECTED_TENSOR,
                changed((metadata, all) -> metadata.remove("gatun.training")), "moments/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gatun.model    | {"name"                                 | not JSON
            gatun.model    | []                                      | not a JSON object
            gatun.model    | {"name":"m","name":"n"}                 | Duplicate
            gatun.model    | {"name":"m","layers":[],"inputs":[],"outputs":[]} | at least one input
            gatun.model    | {"name":"m","layers":7,"inputs":[],"outputs":[]}  | expected a list for layers
            gatun.user     | {"a":1}                                 | expected text for a
            gatun.training | {"moments":7,"optimizer":{},"progress":{}}   | expected a list for moments
            gatun.training | {"moments":[7],"optimizer":{"class_name":"SGD","config":{"learning_rate":1}},"progress":{}} | 1 moments
            gatun.training | {"moments":[],"optimizer":{}}           | progress is missing
            """)
    void brokenMetadataAreOneClearLine(String key, String text, String said) throws IOException {
        assertProblem(GatunProblem.BROKEN_CONFIGURATION, changed((metadata, all) -> metadata.put(key, text)), key,
                said);
    }

    @Test
    void aConfigurationThatAsksForTooMuchTakesNoMemory() throws IOException {
        Path huge = changed((metadata, all) -> metadata.computeIfPresent("gatun.model",
                (key, text) -> text.replace("\"units\":4", "\"units\":2000000")));
        assertProblem(GatunProblem.WRONG_SHAPE, huge, "(3, 8000000)");
        Path overflowing = changed((metadata, all) -> metadata.computeIfPresent("gatun.model",
                (key, text) -> text.replace("\"units\":4", "\"units\":2147483647")));
        assertThrows(FormatException.class, () -> Model.load(overflowing));
    }

    @Test
    void aGraphThatCannotBeIsRefused() throws IOException {
        assertRefusedGraph("lstm\",1,0", "lstm\",9,0", "does not exist");
        assertRefusedGraph("lstm\",1,0", "nobody\",0,0", "does not exist");
        assertRefusedGraph("dropout\",0,0", "lstm_1\",0,0", "cycle");
        assertRefusedGraph("\"dropout\",0,0", "\"dropout\",0,2", "1 output");
        assertRefusedGraph("\"name\":\"dropout\"", "\"name\":\"lstm\"", "named 'lstm'");
        assertRefusedGraph("\"class_name\":\"Dropout\"", "\"class_name\":\"ConvLSTM1D\"", "ConvLSTM1D",
                "supported are");
        assertRefusedGraph("\"rate\":0.25", "\"rate\":0.25,\"noise_shape\":[1]", "noise_shape", "only");
        assertRefusedGraph("\"rate\":0.25", "\"rate\":0.25,\"colour\":1", "colour=1", "known are");
        assertRefusedGraph("\"go_backwards\":true", "\"go_backwards\":\"yes\"", "true or false");
        assertRefusedGraph("hard_sigmoid", "harder_sigmoid", "lstm_1", "harder_sigmoid");
        assertRefusedGraph("\"HeNormal\"", "\"SheNormal\"", "SheNormal");
        assertRefusedGraph("\"HeNormal\",\"config\":{}", "\"VarianceScaling\",\"config\":{\"scale\":0}", "lstm",
                "kernel_initializer", "scale must be positive");
        assertRefusedGraph("\"HeNormal\",\"config\":{}", "\"Constant\",\"config\":{\"value\":1e300}", "lstm",
                "value must be finite", "Infinity");
    }

    private void assertRefusedGraph(String old, String replaced, String... said) throws IOException {
        Path file = changed((metadata, all) -> metadata.computeIfPresent("gatun.model", (key, text) -> {
            assertTrue(text.contains(old), text);
            return text.replace(old, replaced);
        }));
        assertProblem(GatunProblem.BROKEN_CONFIGURATION, file, said);
    }

    @Test
    void damagedFilesAreSafetensorsProblems() throws IOException {
        byte[] whole = Files.readAllBytes(sound);
        for (int length = 0; length < whole.length; length += 97) {
            Path cut = Files.write(folder.resolve("cut.gatun"), Arrays.copyOf(whole, length));
            FormatException told = assertThrows(FormatException.class, () -> Model.load(cut));
            assertTrue(told.problem().orElseThrow() instanceof SafetensorsProblem, told.getMessage());
        }
        assertProblem(SafetensorsProblem.TRAILING_BYTES,
                Files.write(folder.resolve("long.gatun"), Arrays.copyOf(whole, whole.length + 1)));
        assertProblem(SafetensorsProblem.HEADER_TOO_LARGE, withHeaderLength(whole, 100_000_001));
        assertProblem(SafetensorsProblem.HEADER_OUTSIDE_FILE, withHeaderLength(whole, whole.length));
        assertProblem(SafetensorsProblem.HEADER_LENGTH_OVERFLOW, withHeaderLength(whole, -1));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        assertProblem(SafetensorsProblem.OVERLAP, withSecondTensorMoved(text, -Float.BYTES));
        assertProblem(SafetensorsProblem.HOLE, withSecondTensorMoved(text, Float.BYTES));
    }

    private Path withSecondTensorMoved(String text, int bytes) throws IOException {
        Matcher offsets = Pattern.compile("\"data_offsets\":\\[([1-9]\\d*),").matcher(text);
        assertTrue(offsets.find(), "a tensor that does not begin at 0");
        String moved = String.valueOf(Integer.parseInt(offsets.group(1)) + bytes);
        assertEquals(offsets.group(1).length(), moved.length());
        String changed = text.substring(0, offsets.start(1)) + moved + text.substring(offsets.end(1));
        return Files.writeString(folder.resolve("moved.gatun"), changed, StandardCharsets.ISO_8859_1);
    }

    private Path withHeaderLength(byte[] whole, long length) throws IOException {
        byte[] bytes = whole.clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return Files.write(folder.resolve("length.gatun"), bytes);
    }

    private Path changed(GatunModels.Change change) throws IOException {
        Path file = folder.resolve("changed.gatun");
        GatunModels.rewrite(sound, file, change);
        return file;
    }

    private static void assertProblem(Enum<?> problem, Path file, String... said) {
        FormatException told = assertThrows(FormatException.class, () -> Model.load(file));
        assertEquals(problem, told.problem().orElse(null), told.getMessage());
        assertEquals(1, told.getMessage().lines().count());
        assertTrue(told.getMessage().startsWith(file.toString()), told.getMessage());
        for (String part : said) {
            assertTrue(told.getMessage().contains(part), part + " in: " + told.getMessage());
        }
    }

    private static Tensor ramp(long... shape) {
        Tensor tensor = Tensor.zeros(shape);
        float[] values = new float[(int) tensor.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return Tensor.of(values, shape);
    }
}
