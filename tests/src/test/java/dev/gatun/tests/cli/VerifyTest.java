package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatun verify`: its codes tell agreement from difference from failure.
final class VerifyTest {

    @TempDir
    Path folder;

    private Path saved(Model model) throws IOException {
        try (model) {
            Path file = folder.resolve("m.gatun");
            model.save(file);
            return file;
        }
    }

    private Path chain() throws IOException {
        return saved(Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4).named("lstm"),
                Dense.units(2).named("dense")));
    }

    private static Tensor x() {
        return Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    }

    private static float[] predicted(Path model) throws IOException {
        try (Model loaded = Model.load(model)) {
            return loaded.predict(x()).toArray();
        }
    }

    private static void assertCode(int code, Object... args) {
        Cli cli = Cli.run(args);
        assertEquals(code, cli.code(), () -> cli.out() + cli.err());
    }

    @Test
    void aReferenceThatItWroteAgreesBitForBit() throws Exception {
        Path model = chain();
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", model, "--save", reference, "--samples", 4, "--steps", 6, "--seed", 5);
        try (SafetensorsFile file = Safetensors.read(reference)) {
            assertEquals(Shape.of(4, 6, 3), file.info("x0").shape());
            assertEquals(Shape.of(4, 2), file.info("y0").shape());
            assertEquals("dense", file.metadata().get("outputs"));
        }
        Cli cli = Cli.ok("verify", model, "--against", reference, "--tolerance", 0);
        assertTrue(cli.out().contains("dense (4, 2): agrees, error 0.00e+00"), cli.out());
        byte[] first = Files.readAllBytes(reference);
        Cli.ok("verify", model, "--save", reference, "--samples", 4, "--steps", 6, "--seed", 5, "--threads", 2);
        assertArrayEquals(first, Files.readAllBytes(reference), "equal seeds, equal bytes");
    }

    @Test
    void aDifferenceIsCodeOneAndNamesTheWorstPlace() throws Exception {
        Path model = chain();
        float[] y = predicted(model);
        Path reference = folder.resolve("r.safetensors");
        new SafetensorsWriter().tensor("x0", x()).tensor("y0", Tensor.of(new float[] {y[0], y[1] + 0.5f}, 1, 2))
                .write(reference);
        Cli cli = Cli.run("verify", model, "--against", reference);
        assertEquals(1, cli.code());
        assertTrue(
                cli.out().contains("dense (1, 2): DIFFERS") && cli.out().contains("worst at [0, 1]: " + (double) y[1]),
                cli.out());
        assertCode(0, "verify", model, "--against", reference, "--tolerance", 10);
        JsonNode json = Cli.run("verify", model, "--against", reference, "--json").json();
        assertFalse(json.get("agrees").asBoolean());
        double size = Math.max(Math.abs(y[0]), Math.abs(y[1] + 0.5f));
        assertEquals(0.5 / size, json.get("outputs").get(0).get("error").asDouble(), 1e-6);
        new SafetensorsWriter().tensor("x0", x()).tensor("y0", Tensor.zeros(1, 3)).write(reference);
        cli = Cli.run("verify", model, "--against", reference);
        assertEquals(1, cli.code());
        assertTrue(cli.out().contains("shape (1, 2), expected (1, 3)"), cli.out());
    }

    @Test
    void namesOfEveryKindAreFound() throws Exception {
        Path model = chain();
        Tensor y = Tensor.of(predicted(model), 1, 2);
        Path file = folder.resolve("r.safetensors");
        for (List<String> names : List.of(List.of("x0", "y0"), List.of("in_0", "out_0"), List.of("x", "y"),
                List.of("in_input_layer", "out_dense"), List.of("x", "y/dense"), List.of("input_layer", "y0"))) {
            new SafetensorsWriter().tensor(names.get(0), x()).tensor(names.get(1), y).tensor("w/lstm/kernel", y)
                    .write(file);
            assertCode(0, "verify", model, "--against", file);
        }
        Path json = folder.resolve("r.json");
        String tensors = "{\"shape\":[1,2,3],\"data\":[1,2,3,4,5,6]}";
        String made = "{\"shape\":[1,2],\"data\":[" + y.toArray()[0] + "," + y.toArray()[1] + "]}";
        Files.writeString(json, "{\"in_0\":" + tensors + ",\"out_0\":" + made + ",\"note\":\"\"}");
        assertCode(0, "verify", model, "--against", json);
        Files.writeString(json, "{\"inputs\":{\"input_layer\":" + tensors + "},\"outputs\":{\"dense\":" + made + "}}");
        assertCode(0, "verify", model, "--against", json);
        Files.writeString(json, "{\"in_0\":" + tensors + ",\"out_0\":{\"shape\":[1,2],\"data\":[\"NaN\",1]}}");
        assertCode(1, "verify", model, "--against", json);
    }

    @Test
    void failuresAreCodeTwo() throws Exception {
        Path model = chain();
        Path file = folder.resolve("r.safetensors");
        Tensor y = Tensor.of(predicted(model), 1, 2);
        new SafetensorsWriter().tensor("x0", x()).tensor("y1", y).write(file);
        failed("output 'dense' of the model is missing", "verify", model, "--against", file);
        new SafetensorsWriter().tensor("x0", x()).tensor("y0", y).tensor("y1", y).write(file);
        failed("[y1], which the model has no place for", "verify", model, "--against", file);
        new SafetensorsWriter().tensor("x0", y).tensor("y0", y).write(file);
        failed("(1, 2)", "verify", model, "--against", file);
        failed("no.safetensors", "verify", model, "--against", folder.resolve("no.safetensors"));
        failed("no.gatun", "verify", folder.resolve("no.gatun"), "--against", file);
        failed("got [dense/bias, dense/kernel", "verify", model, "--against", model);
        Path table = Files.writeString(folder.resolve("t.csv"), "1,2\n");
        failed("give a .safetensors, .npz or .json file", "verify", model, "--against", table);
        Files.writeString(table, "[1, 2]");
        failed("is not a JSON object", "verify", model, "--against",
                Files.move(table, folder.resolve("list.json")));
        failed("--against", "verify", model);
        failed("mutually exclusive", "verify", model, "--against", file, "--save", file);
        failed("--tolerance must be at least 0", "verify", model, "--against", file, "--tolerance", -1);
        failed("stand in the reference: leave them out", "verify", model, "--against", file, "--seed", 1);
        failed("is the file that is read", "verify", model, "--save", link(model, "same.safetensors"));
        Path json = folder.resolve("r.json");
        Files.writeString(json, "{\"in_0\":{\"shape\":[1,2,3],\"data\":[1]},\"out_0\":{\"shape\":[1],\"data\":[1]}}");
        failed("its shape is [1, 2, 3], but it has 1 numbers", "verify", model, "--against", json);
        Files.writeString(json, "{\"in_0\":");
        failed("is not JSON", "verify", model, "--against", json);
    }

    @Test
    void aModelThatKeepsStatesIsCalledSeveralTimes() throws Exception {
        Path model = saved(Sequential.of(Input.shape(2, 3), Lstm.units(4).stateful()));
        Tensor first = x();
        Tensor second = Tensor.of(new float[] {6, 5, 4, 3, 2, 1}, 1, 2, 3);
        Map<String, Tensor> tensors = new LinkedHashMap<>(Map.of("x0", first, "x1", second));
        try (Model loaded = Model.load(model)) {
            for (int call = 0; call < 2; call++) {
                tensors.put("y" + call, loaded.predict(call == 0 ? first : second));
            }
            tensors.put("y2", tensors.get("y0"));
        }
        Path file = folder.resolve("calls.npz");
        Npz.write(file, tensors);
        String out = Cli.ok("verify", model, "--against", file, "--tolerance", 0).out();
        assertTrue(out.contains("call 2 lstm (1, 4): agrees") && out.contains("call 3 (after a reset) lstm"), out);
        tensors.put("y2", tensors.get("y1"));
        Npz.write(file, tensors);
        assertCode(1, "verify", model, "--against", file);
        tensors.remove("y1");
        Npz.write(file, tensors);
        failed("output 'lstm' of the model is missing in call 2", "verify", model, "--against", file);
        tensors.keySet().removeAll(List.of("x1", "y2"));
        tensors.put("y1", tensors.get("y0"));
        Npz.write(file, tensors);
        failed("[y1], which the model has no place for", "verify", model, "--against", file);
    }

    @Test
    void callsOfKerasAreChecked() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files = new ArrayList<>(List.of(Shared.find("keras3/stateful_3calls_reset.keras").orElseThrow()));
        try (Stream<Path> all = Files.list(Shared.find("oracles/keras3b").orElseThrow())) {
            all.filter(file -> file.getFileName().toString().matches("stateful_.*\\.keras")).forEach(files::add);
        }
        for (Path file : files) {
            String reference = file.toString().replace(".keras", ".json");
            String out = Cli.ok("verify", file, "--against", reference).out();
            assertTrue(out.contains("call 4 (after a reset)"), out);
        }
        assertTrue(files.size() > 4);
    }

    private Path link(Path file, String name) throws IOException {
        return Files.createLink(folder.resolve(name), file);
    }

    private static void failed(String said, Object... args) {
        String line = Cli.refused(args, said);
        assertCode(2, args);
        assertTrue(line.startsWith("gatun verify: "), line);
    }

    @Test
    void wholeNumbersAndFilesOfInputs() throws Exception {
        Path model = saved(Sequential.of(Input.ints(5), Embedding.of(7, 3), Lstm.units(2)));
        Path reference = folder.resolve("r.safetensors");
        Cli.ok("verify", model, "--save", reference, "--samples", 50);
        try (SafetensorsFile file = Safetensors.read(reference)) {
            assertEquals("I32", file.info("x0").dtype());
            int[] ids = file.ints("x0").toIntArray();
            assertEquals(6, java.util.Arrays.stream(ids).max().getAsInt());
            assertEquals(0, java.util.Arrays.stream(ids).min().getAsInt());
        }
        assertCode(0, "verify", model, "--against", reference);
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, Tensor.ofInts(new int[] {1, 2, 3, 4, 5}, 1, 5));
        Cli.ok("verify", model, "--save", reference, "--input", npy);
        try (SafetensorsFile file = Safetensors.read(reference)) {
            assertArrayEquals(new int[] {1, 2, 3, 4, 5}, file.ints("x0").toIntArray());
        }
    }

    @Test
    void filesOfOthersAgreeWithTheirReferences() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files;
        try (Stream<Path> all = Files.list(Shared.find("wild").orElseThrow())) {
            files = all.filter(file -> file.toString().matches(".*\\.(keras|h5)")).sorted().toList();
        }
        for (Path file : files) {
            boolean isAmplifying = file.getFileName().toString().startsWith("Project-Vivy");
            assertCode(0, "verify", file, "--against", file + ".expected.safetensors", "--tolerance",
                    isAmplifying ? 1e-3 : 1e-5);
        }
        assertTrue(files.size() > 10);
        Path oracles = Shared.find("oracles/keras3b").orElseThrow();
        assertCode(0, "verify", oracles.resolve("act_glu.keras"), "--against", oracles.resolve("act_glu.json"));
        assertCode(2, "verify", oracles.resolve("act_glu.keras"), "--against", oracles.resolve("att_dot.json"));
    }

    @Test
    void graphsOfOnnxRunAsTheyStand() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files;
        try (Stream<Path> all = Files.list(Shared.find("wild").orElseThrow())) {
            files = all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
        }
        for (Path file : files) {
            boolean isQuantised = file.toString().contains("qlstm");
            Object[] args = {"verify", file, "--against", file + ".expected.safetensors"};
            assertCode(isQuantised ? 2 : 0, args);
            if (isQuantised) {
                Cli.refused(args, "QLinearConv");
            }
        }
        assertTrue(files.size() > 5);
        Path file = Shared.find("wild/tract__byte_sb_bidi_lstm_model.onnx").orElseThrow();
        Path input = folder.resolve("x.npy");
        Npy.write(input, Tensor.ofInts(new int[] {1, 2, 3, 4}, 2, 2));
        Path output = folder.resolve("y.npy");
        Cli.ok("predict", file, "--input", input, "--output", output);
        assertEquals(Shape.of(2, 2, 2), Npy.read(output).shape());
    }
}
