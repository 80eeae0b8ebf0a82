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
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.State;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `gatun predict` on tensors: the contract that scripts rely on.
final class PredictTest {

    @TempDir
    Path folder;

    private Path chain() throws Exception {
        Path file = folder.resolve("chain.gatun");
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4), Dense.units(2))) {
            model.save(file);
        }
        return file;
    }

    /// Two inputs and two outputs: a sequence, and the state its LSTM begins with.
    private Path pair() throws Exception {
        Path file = folder.resolve("pair.gatun");
        Input x = Input.shape(Shape.UNKNOWN, 3).named("x");
        Input h = Input.shape(4).named("start");
        var lstm = Lstm.units(4).returnSequences(true).returnState(true).on(x, State.of(h, h));
        try (Model model = Model.of(
                List.of(x, h), List.of(Dense.units(2).named("first").on(lstm.sequence()), lstm.state().c()))) {
            model.save(file);
        }
        return file;
    }

    private static Tensor numbers(long... dims) {
        Tensor tensor = Tensor.zeros(dims);
        float[] values = new float[(int) tensor.shape().elements()];
        for (int i = 0; i < values.length; i++)
            values[i] = (float) Math.sin(i + 0.3);
        return Tensor.of(values, dims);
    }

    private static float[] predicted(Path model, Tensor... inputs) throws Exception {
        try (Model loaded = Model.load(model)) {
            return loaded.predict(List.of(inputs)).getFirst().toArray();
        }
    }

    /** Whoever predicts has no use for an optimizer; whoever looks at the file or converts it may have. */
    @Test
    void whatIsNotRestoredOfATrainingIsNoNewsHere() throws Exception {
        Path file = folder.resolve("trained.keras");
        try (Model model = Sequential.of(Input.shape(3), Dense.units(2))) {
            Trainer.of(model).optimizer(Adam.rate(0.01)).loss(Loss.MSE).epochs(1).fit(numbers(4, 3), numbers(4, 2));
            model.save(file);
        }
        Path x = folder.resolve("x.npy");
        Npy.write(x, numbers(4, 3));
        Path reference = folder.resolve("r.safetensors");
        assertEquals("", Cli.ok("predict", file, "--input", x, "--output", folder.resolve("y.npy")).err());
        assertEquals("", Cli.ok("verify", file, "--save", reference).err());
        assertEquals("", Cli.ok("summary", file).err());
        assertTrue(Cli.ok("inspect", file).out().contains("a training begins anew"));
        assertTrue(Cli.ok("convert", file, folder.resolve("m.gatun")).out().contains("Trainer.resume()"));
    }

    @Test
    void everyKindOfFileOnEitherSide() throws Exception {
        Path model = chain();
        Tensor x = numbers(5, 6, 3);
        float[] expected = predicted(model, x);

        Path npy = folder.resolve("x.npy");
        Npy.write(npy, x);
        Path safetensors = folder.resolve("x.safetensors");
        new SafetensorsWriter().tensor("anything", x).write(safetensors);
        Path csv = folder.resolve("x.csv");
        Path headed = folder.resolve("headed.csv");
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < 5; row++) {
            for (int i = 0; i < 18; i++)
                lines.append(i == 0 ? "" : ",").append(x.toArray()[row * 18 + i]);
            lines.append('\n');
        }
        Tables.write(csv, lines.toString());
        Tables.write(headed, "v,".repeat(17) + "v\n" + lines);

        Path npz = folder.resolve("x.npz");
        Npz.write(npz, Map.of("anything", x));
        Path nameless = Files.copy(npz, folder.resolve("x"));
        Path text = Files.copy(csv, folder.resolve("x.txt"));
        for (Path input : List.of(npy, safetensors, csv, headed, npz, nameless, text)) {
            Path out = folder.resolve("y.npy");
            Cli.ok("predict", model, "--input", input, "--output", out);
            assertArrayEquals(new long[] {5, 2}, Npy.read(out).shape().toArray());
            assertArrayEquals(expected, Npy.read(out).toArray(), input.toString());
        }
        Path out = folder.resolve("y.safetensors");
        Cli.ok("predict", model, "--input", npy, "--output", out);
        try (SafetensorsFile file = Safetensors.read(out)) {
            assertArrayEquals(expected, file.tensor("dense").toArray());
        }
        Path table = folder.resolve("y.csv");
        Cli.ok("predict", model, "--input", npy, "--output", table);
        List<String> written = Files.readAllLines(table);
        assertEquals(5, written.size());
        for (int i = 0; i < expected.length; i++)
            assertEquals(expected[i], Float.parseFloat(written.get(i / 2).split(",")[i % 2]));
    }

    @Test
    void severalInputsAndOutputsByName() throws Exception {
        Path model = pair();
        Tensor x = numbers(3, 5, 3);
        Tensor start = numbers(3, 4);
        Path in = folder.resolve("in.safetensors");
        new SafetensorsWriter().tensor("start", start).tensor("x", x).tensor("unused", x).write(in);
        Path out = folder.resolve("out.safetensors");
        JsonNode json = Cli.ok("predict", model, "--input", in, "--output", out, "--json").json();
        assertEquals(3, json.get("samples").asInt());
        assertEquals("[3,4]", json.get("outputs").get("lstm_c").toString());
        try (SafetensorsFile file = Safetensors.read(out); Model loaded = Model.load(model)) {
            List<Tensor> expected = loaded.predict(List.of(x, start));
            assertEquals(List.of("first", "lstm_c"), loaded.outputNames());
            assertArrayEquals(expected.get(0).toArray(), file.tensor("first").toArray());
            assertArrayEquals(expected.get(1).toArray(), file.tensor("lstm_c").toArray());
        }
        for (List<String> names : List.of(List.of("x", "start"), List.of("x0", "x1"), List.of("in_x", "in_1"),
                List.of("arr_0", "arr_1"))) {
            Path archive = folder.resolve("in.npz");
            Npz.write(archive, Map.of(names.get(1), start, names.get(0), x, "unused", start));
            Path made = folder.resolve("out.npz");
            Cli.ok("predict", model, "--input", archive, "--output", made);
            try (Npz read = Npz.open(made); SafetensorsFile file = Safetensors.read(out)) {
                assertArrayEquals(file.tensor("first").toArray(), read.tensor("first").toArray());
                assertArrayEquals(file.tensor("lstm_c").toArray(), read.tensor("lstm_c").toArray());
            }
        }
        Cli.refused(Cli.args("predict", model, "--input", in, "--output", folder.resolve("out.npy")), "2 outputs",
                ".safetensors");
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, x);
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", out), "2 inputs [x, start]", ".safetensors");
        new SafetensorsWriter().tensor("x", x).write(in);
        Cli.refused(Cli.args("predict", model, "--input", in, "--output", out), "input 'start' is missing", "[x]");
    }

    @Test
    void oneInputAmongSeveralTensorsGoesByName() throws Exception {
        Path model = chain();
        Path in = folder.resolve("in.safetensors");
        Tensor x = numbers(2, 4, 3);
        new SafetensorsWriter().tensor("input_layer", x).tensor("other", numbers(1)).write(in);
        Path out = folder.resolve("out.npy");
        Cli.ok("predict", model, "--input", in, "--output", out);
        assertArrayEquals(predicted(model, x), Npy.read(out).toArray());
        new SafetensorsWriter().tensor("a", x).tensor("b", x).write(in);
        Cli.refused(Cli.args("predict", model, "--input", in, "--output", out), "input 'input_layer' is missing",
                "[a, b]");
    }

    @Test
    void refusals() throws Exception {
        Path model = chain();
        Path out = folder.resolve("y.npy");
        Path npy = folder.resolve("x.npy");
        Npy.write(npy, numbers(2, 4, 5));
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", out), "(None, None, 3)", "(2, 4, 5)");
        Npy.write(npy, numbers(2, 3));
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", out), "(2, 3)", "[samples, time, features]");
        Cli.refused(Cli.args("predict", model, "--input", folder.resolve("no.npy"), "--output", out), "no.npy");
        Cli.refused(Cli.args("predict", folder.resolve("no.gatun"), "--input", npy, "--output", out), "no.gatun");
        Cli.refused(Cli.args("predict", npy, "--input", npy, "--output", out), "x.npy", "not a model");
        Cli.refused(Cli.args("predict", model, "--input", "x.txt", "--output", out), "there is no file 'x.txt'");
        Cli.refused(Cli.args("predict", model, "--input", folder, "--output", out), "--input " + folder, "is a folder");
        Path bytes = Files.write(folder.resolve("x.bin"), new byte[] {1, 2, 3});
        Cli.refused(Cli.args("predict", model, "--input", bytes, "--output", out), "--input " + bytes,
                "give a .safetensors, .npy, .npz or .csv file");
        Path words = Tables.write(folder.resolve("words.csv"), "a,b,c\n1,x,3\n");
        Cli.refused(Cli.args("predict", model, "--input", words, "--output", out), "line 2, column 2: 'x'",
                "a number in every cell");
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", "y"), "--output y", ".npy");
        Cli.refused(Cli.args("predict", model, "--input", npy), "--output");
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", out, "--all"), "--all is for tables");
        Path csv = Tables.write(folder.resolve("x.csv"), "1,2\n3,4\n");
        Cli.refused(Cli.args("predict", model, "--input", csv, "--output", out), "2 numbers", "multiple of 3");
        Tables.write(csv, "1,2,3\n3,4,x\n");
        Cli.refused(Cli.args("predict", model, "--input", csv, "--output", out), "line 2, column 3", "'x'");
        Tables.write(csv, "1,2,3\n3,4,\n");
        Cli.refused(Cli.args("predict", model, "--input", csv, "--output", out), "line 2, column 3", "no value");
        Tables.write(npy, "not an array");
        Cli.refused(Cli.args("predict", model, "--input", npy, "--output", out), "x.npy");
        assertFalse(Files.exists(out), "nothing half written");
        Npy.write(npy, numbers(2, 4, 3));
        Cli.refused(
                Cli.args("predict", model, "--input", npy, "--output", folder.resolve("no/such/y.npy")),
                "does not exist");
    }

    @Test
    void aTableComesThroughAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        try {
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
                    "no pipe with a name here");
        } catch (IOException noPipes) {
            assumeTrue(false, "no pipes with names here");
        }
        Thread writer = Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.writeString(pipe, "1,2,3\n4,5,6\n");
            } catch (IOException unread) {
                throw new UncheckedIOException(unread);
            }
        });
        Path model = chain();
        Path out = folder.resolve("y.npy");
        Cli.ok("predict", model, "--input", pipe, "--output", out);
        writer.join();
        assertArrayEquals(predicted(model, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 1, 3)),
                Npy.read(out).toArray());
    }

    @Test
    void tensorsWithNaNAreRemarkedOn() throws Exception {
        Path model = chain();
        Path npy = folder.resolve("x.npy");
        Tensor x = numbers(2, 4, 3);
        x.set(Float.NaN, 1, 2, 0);
        Npy.write(npy, x);
        Cli cli = Cli.ok("predict", model, "--input", npy, "--output", folder.resolve("y.npy"));
        assertTrue(cli.err().contains("'input_layer' holds NaN at [1, 2, 0]"), cli.err());
    }

    @Test
    void modelsFromKeras() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        Path model = Shared.find("models/har-esp32/lstm_model.keras").orElseThrow();
        Path input = Shared.find("models/har-esp32/input.npy").orElseThrow();
        Path out = folder.resolve("y.npy");
        Cli.ok("predict", model, "--input", input, "--output", out);
        assertEquals(Npy.read(input).shape().dim(0), Npy.read(out).shape().dim(0));
        assertTrue(Cli.ok("summary", model).out().contains("lstm"));
        Cli.refused(Cli.args("plot", model, "--out", folder.resolve("p.png")), "no record of its training", ".dot");
        Cli.refused(Cli.args("plot", model, "--out", folder.resolve("p.gif")), "must end in .png");
        Cli.refused(Cli.args("plot", model, "--data", "x.csv", "--out", folder.resolve("p.png")),
                "was not made by 'gatun train'");
    }

    @Test
    void evaluateOnRawSamples() throws Exception {
        Path model = chain();
        Path csv = Tables.write(folder.resolve("xy.csv"), "1,2,3,0.5,0.25\n4,5,6,0.5,0.25\n");
        Path short1 = Tables.write(folder.resolve("short.csv"), "1,2,3,4\n");
        Path fixed = folder.resolve("fixed.gatun");
        try (Model two = Sequential.of(Input.shape(2, 3), Lstm.units(2))) {
            two.save(fixed);
        }
        Cli.refused(Cli.args("evaluate", fixed, short1), "4 numbers, expected 8: the 6 of a sample",
                "the 2 of its target");
        JsonNode json = Cli.ok("evaluate", model, csv, "--json").json();
        float[] made = predicted(model, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 1, 3));
        double mae = 0;
        for (int i = 0; i < 4; i++)
            mae += Math.abs(made[i] - (i % 2 == 0 ? 0.5 : 0.25)) / 4;
        // The metric takes differences of floats, this test of doubles: half an ulp of a number below 1 each.
        assertEquals(mae, json.get("mae").asDouble(), 3e-8);
        Tables.write(csv, "1,2\n");
        Cli.refused(Cli.args("evaluate", model, csv), "each line has 2 numbers", "target");
        Cli.refused(Cli.args("evaluate", model, csv, "--last", 2), "--last is a share");
    }
}
