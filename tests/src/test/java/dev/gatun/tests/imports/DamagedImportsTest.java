package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files of others that are cut off, changed or made to ask for much: one sentence of refusal, or a model. */
final class DamagedImportsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Map<String, byte[]> sound() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Path state = folder.resolve("sound.safetensors");
        try (Model model = Sequential.of(Input.sequence(3), Lstm.units(2).returnSequences(), Gru.units(2),
                Dense.units(1))) {
            TorchFormat.save(model, state);
        }
        files.put("PyTorch", Files.readAllBytes(state));
        files.put("RTNeural", text("""
                {"in_shape": [null, null, 1], "in_skip": 1, "in_gain": 3, "layers": [{"type": "conv1d", "activation": "tanh",
                 "shape": [null, null, 2], "kernel_size": [2], "dilation": [2], "weights": [[[[1, 2]], [[3, 4]]], [0, 1]]},
                 {"type": "gru", "activation": "tanh", "shape": [null, null, 1],
                  "weights": [[[1, 2, 3], [1, 2, 3]], [[1, 2, 3]], [[1, 2, 3], [1, 2, 3]]]}]}"""));
        files.put("NAM", text("""
                {"version": "0.5.4", "metadata": {"a": [1, 2]}, "architecture": "LSTM", "sample_rate": 48000,
                 "config": {"input_size": 1, "hidden_size": 1, "num_layers": 1},
                 "weights": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]}"""));
        files.put("amplifier", text("""
                {"model_data": {"model": "SimpleRNN", "skip": 1}, "state_dict": {"rec.weight_ih_l0": [[0], [0], [1], [0]],
                 "rec.weight_hh_l0": [[0], [0], [0], [0]], "rec.bias_ih_l0": [4, 0, 0, 4], "rec.bias_hh_l0": [0, 4, 0, 0],
                  "lin.weight": [[2]], "lin.bias": [5]}}"""));
        return files;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> theyAreSoundAsTheyAre() throws IOException {
        return sound().entrySet().stream().map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
            Path path = Files.write(folder.resolve("x"), file.getValue());
            assertDoesNotThrow(() -> Model.load(path).close());
        }));
    }

    @TestFactory
    Stream<DynamicTest> cutOffAnywhereTheyAreRefused() throws IOException {
        return sound().entrySet().stream().map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
            Path path = folder.resolve("x");
            for (int length = 0; length < file.getValue().length; length += 1 + length / 64) {
                Files.write(path, Arrays.copyOf(file.getValue(), length));
                String message = assertThrows(IOException.class, () -> Model.load(path)).getMessage();
                assertEquals(1, message.lines().count(), message);
            }
        }));
    }

    /** Numbers are the places where sizes stand: each becomes 0, 1, the largest, a negative one, one that is no number; texts too. */
    @TestFactory
    Stream<DynamicTest> withAnyValueChangedTheyAreModelsOrRefused() throws IOException {
        return sound().entrySet().stream().map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
            String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
            Matcher number = Pattern.compile("(?<=[\\[ ,:])(-?\\d+|\"[^\"]*\")(?=[\\],}])").matcher(text);
            int tried = 0;
            while (number.find() && tried++ < 60) {
                for (String other : new String[] {"0", "1", "2147483647", "9223372036854775807", "1e300", "-1", "null",
                    "\"x\"", "[]", "[1]", "[[1]]", "{}"}) {
                    one(text.substring(0, number.start()) + other + text.substring(number.end()));
                }
            }
            assertTrue(tried > 5);
        }));
    }

    @TestFactory
    Stream<DynamicTest> withAnyByteChangedTheyAreModelsOrRefused() throws IOException {
        return sound().entrySet().stream().map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
            Random random = new Random(3);
            for (int i = 0; i < 300; i++) {
                byte[] bytes = file.getValue().clone();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                one(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }));
    }

    private void one(String text) throws IOException {
        Path path = Files.write(folder.resolve("x"), text.getBytes(StandardCharsets.ISO_8859_1));
        assertTimeout(LIMIT, () -> {
            try (Model model = Model.load(path)) {
                assertTrue(model.parameterCount() < 10_000);
            } catch (IOException refused) {
                assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
                assertFalse(refused.getMessage().contains("[F@"), refused.getMessage());
            }
        });
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path path = Files.writeString(folder.resolve("x"), "{\"in_shape\": " + "[".repeat(1_000_000));
        String message = assertThrows(FormatException.class, () -> Model.load(path)).getMessage();
        assertTrue(message.contains("nests deeper than 32"), message);
    }

    /** Modules of one width fit in any order: there are more orders than there is time for. */
    @Test
    void manyModulesOfOneWidthAreNoPuzzle() throws IOException {
        for (int count : new int[] {30, 250, 5000}) {
            SafetensorsWriter writer = new SafetensorsWriter();
            for (int i = 0; i < count; i++) {
                writer.tensor("m" + i + ".weight", Tensor.zeros(2, 2));
            }
            writer.tensor("z.weight", Tensor.zeros(3, 5)).tensor("z.bias", Tensor.zeros(3));
            Path path = folder.resolve("x.safetensors");
            writer.write(path);
            String message = assertTimeout(LIMIT,
                    () -> assertThrows(FormatException.class, () -> Model.load(path)).getMessage());
            assertTrue(message.contains(count > 300 ? "up to 300" : "do not stand"), message);
        }
    }

    @Test
    void unevenRowsAskForNoMore() throws IOException {
        Path path = Files.writeString(folder.resolve("x"), "{\"l.weight_ih_l0\": [[" + "1,".repeat(200_000) + "1]"
                + ",[]".repeat(100_000) + "]}");
        String message = assertThrows(FormatException.class, () -> Model.load(path)).getMessage();
        assertTrue(message.contains("different lengths"), message);
    }
}
