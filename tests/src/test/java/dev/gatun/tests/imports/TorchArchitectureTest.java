package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a state dict: its modules by names and shapes, their order, and what is said of it. */
final class TorchArchitectureTest {

    private static final String CHAIN = "lstm:LSTM:3:4 fc1:Linear:4:5 fc2:Linear:5:2";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lstm:LSTM:3:4 fc:Linear:4:2                                     | LSTM Dense
            b:LSTM:3:4 a:Linear:4:2                                         | LSTM Dense
            module.rnn:GRU:3:4 module.head:Linear:4:2                       | GRU Dense
            a:Linear:8:2 b:RNN:3:8                                          | SimpleRNN Dense
            bn:BatchNorm:4 dec:GRU:4:5 enc:LSTM:3:4 out:Linear:5:2          | LSTM BatchNormalization GRU Dense
            fc_in:Linear:3:6 lstm:LSTM:6:6 fc_out:Linear:6:1                | Dense LSTM Dense
            decoder:GRU:4:4 encoder:GRU:4:4                                 | GRU GRU
            embedding:Embedding:9:4 lstm:LSTM:4:4 fc:Linear:4:9             | Embedding LSTM Dense
            encoder:Embedding:9:4 rnn:LSTM:4:4 decoder:Linear:4:9           | Embedding LSTM Dense
            conv:Conv:3:4:2 lstm:LSTM:4:5 fc:Linear:5:1                     | Conv1D LSTM Dense
            act:PReLU:1 lstm:LSTM:3:4 fc:Linear:4:1                         | LSTM PReLU Dense
            norm:LayerNorm:4 lstm:LSTM:3:4 fc:Linear:4:1                    | LSTM LayerNormalization Dense
            0:LSTM:3:4 2:Linear:4:5 10:Linear:5:5 9:Linear:5:5              | LSTM Dense Dense Dense
            1:BatchNorm:5 0:Linear:3:5 4:Linear:5:2                         | Dense BatchNormalization Activation Dense
            act:PReLU:5 fc1:Linear:3:5 fc2:Linear:5:2                       | Dense PReLU Dense
            m.0:Linear:4:4 m.1:LayerNorm:4 m.3:Linear:4:4 m.4:LayerNorm:4   | Dense LayerNormalization Activation Dense LayerNormalization
            a.conv1:Conv:4:4:2 a.conv2:Conv:4:4:2 a.bn1:BatchNorm:4 a.bn2:BatchNorm:4 fc:Linear:4:1 \
            | Conv1D BatchNormalization Activation Conv1D BatchNormalization Activation Dense
            """)
    void theOrderIsThatOfTheWidths(String modules, String kinds) throws IOException {
        Path file = write(modules);
        try (Imported read = Imported.read(file)) {
            assertEquals(List.of(kinds.split(" ")),
                    read.report().layers().stream().skip(1).map(ImportReport.Mapped::kind).toList());
        }
    }

    @Test
    void numbersOfAListAreSaidToHaveToldTheOrder() throws IOException {
        try (Imported read = Imported.read(write("m.0:Linear:4:4 m.2:Linear:4:4 m.11:Linear:4:4"))) {
            assertTrue(read.report().toString().contains(
                    "the order m.0, m.2, m.11 was told from the widths and the numbers in their names\n"),
                    read.report().toString());
        }
    }

    /** The most there may be, sorted by name and so in another order: 0, 1, 10, 100, ... */
    @Test
    void aLongListRunsInItsOrder() throws IOException {
        StringBuilder modules = new StringBuilder("m.0:Linear:2:2");
        for (int number = 1; number < 300; number++) {
            modules.append(" m.").append(number).append(":Linear:2:2");
        }
        try (Imported read = Imported.read(write(modules.toString()))) {
            List<String> layers = read.report().layers().stream().skip(1).map(ImportReport.Mapped::layer).toList();
            assertEquals(300, layers.size());
            assertEquals(List.of("m.0", "m.1", "m.2"), layers.subList(0, 3));
            assertEquals("m.299", layers.getLast());
        }
    }

    @Test
    void anEndMayBeAChain() throws IOException {
        Path file = write(
                "enc:GRU:3:4 actor.0:Linear:4:5 actor.2:Linear:5:2 critic:Linear:4:1 z.0:Linear:4:4 z.1:Linear:4:3");
        try (Imported read = Imported.read(file)) {
            assertEquals(List.of("actor.2", "critic", "z.1"), read.model().outputNames());
            List<Tensor> made = read.model().predict(List.of(Tensor.zeros(1, 5, 3)));
            assertEquals(List.of(2L, 1L, 3L), made.stream().map(tensor -> tensor.shape().last()).toList());
            String report = read.report().toString();
            assertTrue(report.contains("all of actor.0, critic, z.0 read what enc makes"), report);
            assertTrue(report.contains("a relu is taken to stand behind actor.0,"), report);
            assertFalse(report.contains("behind z.0,"), report);
        }
    }

    @Test
    void betweenATrunkAndItsEndsIsAReluToo() throws IOException {
        try (Imported read = Imported.read(write("lstm:LSTM:3:4 trunk:Linear:4:6 a:Linear:6:2 b:Linear:6:1"))) {
            assertEquals("relu", read.model().graph().layers().get(2).layer().config().get("activation"));
            assertEquals(List.of("a", "b"), read.model().outputNames());
        }
    }

    /** As DataParallel, torch.compile and trainers write them. */
    @Test
    void aNameMayBeSaidByItsEnd() throws IOException {
        Path file = write(
                "module._orig_mod.lstm:LSTM:3:4 module._orig_mod.m.0:Linear:4:5 module._orig_mod.m.2:Linear:5:2");
        Tensor x = Tensor.zeros(2, 5, 3);
        for (TorchArchitecture said : List.of(
                TorchArchitecture.inferred().after("lstm", "last").after("m.2", "softmax"),
                TorchArchitecture.forward("lstm", "last", "m.0", "relu", "m.2", "softmax"),
                TorchArchitecture.forward("lstm", "last", "m", "softmax"))) {
            try (Imported read = TorchFormat.of(file, said)) {
                Tensor y = read.model().predict(x);
                assertEquals("(2, 2)", y.shape().toString());
                assertEquals(1, y.get(0, 0) + y.get(0, 1), 1e-6);
            }
        }
        Path two = write("enc.lstm:LSTM:3:4 dec.lstm:LSTM:4:4");
        refused(two, TorchArchitecture.inferred().after("lstm", "last"), "has no module 'lstm'");
    }

    @Test
    void whatIsSaidOfOneOfSeveralEndsCounts() throws IOException {
        Path file = write("lstm:LSTM:3:4 actor:Linear:4:2 critic:Linear:4:1");
        TorchArchitecture said = TorchArchitecture.inferred().after("lstm", "last").after("actor", "softmax")
                .after("critic", "relu", "sigmoid");
        try (Imported read = TorchFormat.of(file, said)) {
            List<Tensor> made = read.model().predict(List.of(Tensor.zeros(1, 5, 3)));
            assertEquals(1, made.getFirst().get(0, 0) + made.getFirst().get(0, 1), 1e-6);
            assertTrue(made.get(1).get(0, 0) >= 0.5, made.toString());
        }
        try (Imported read = Imported.read(file)) {
            assertTrue(
                    read.report().toString()
                            .contains("no activation is taken to stand behind actor, critic, at the end"),
                    read.report().toString());
        }
    }

    @Test
    void aLayerOfATransformerIsNoChain() throws IOException {
        Path file = write("x.self_attn:Attention:8 x.linear1:Linear:8:16 x.linear2:Linear:16:8 x.norm1:LayerNorm:8");
        TorchArchitecture said = TorchArchitecture.inferred().with("x.self_attn", "num_heads", 2);
        refused(file, said, "module 'x' is a layer of a transformer");
    }

    @Test
    void aGroupNormIsToldByTheArchitecture() throws IOException {
        Path file = write("lstm:LSTM:3:6 norm:LayerNorm:6");
        try (Imported read = Imported.read(file)) {
            assertTrue(read.report().toString().contains("norm is taken for a LayerNorm by its weight and bias"));
        }
        TorchArchitecture group = TorchArchitecture.inferred().with("norm", "type", "GroupNorm");
        refused(file, group, "module 'norm' is a GroupNorm of 6 features, whose number of groups no file says");
        try (Imported read = TorchFormat.of(file, group.with("norm", "num_groups", 3))) {
            assertEquals("3", String.valueOf(read.model().graph().layers().get(2).layer().config().get("groups")));
        }
    }

    @Test
    void asJsonItIsTheSame() throws IOException {
        Path file = write(CHAIN);
        TorchArchitecture said = TorchArchitecture.inferred().after("lstm", "last").after("fc2", "softmax")
                .with("lstm", "type", "LSTM");
        TorchArchitecture read = TorchArchitecture.of(said.text());
        assertEquals(said.text(), read.text());
        Tensor x = Tensor.zeros(2, 5, 3);
        try (Imported one = TorchFormat.of(file, said); Imported other = TorchFormat.of(file, read)) {
            assertEquals(one.model().predict(x).toString(), other.model().predict(x).toString());
        }
        TorchArchitecture short1 = TorchArchitecture.of("{\"forward\": [\"lstm\", \"last\", \"fc1\", \"fc2\"]}");
        try (Imported one = TorchFormat.of(file, short1)) {
            assertEquals("(2, 2)", one.model().predict(x).shape().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"forwards": ["a"]}                     | has a key 'forwards'; known are forward, after
            {"forward": [1]}                        | forward is something else than a list of texts
            {"after": ["a"]}                        | after is something else than an object
            {"arguments": {"a": 1}}                 | arguments is something else than an object of arguments
            {"arguments": {"a": {"eps": null}}}     | arguments is something else than numbers and texts
            {"time_first": 1}                       | time_first is something else than true or false
            {"after": {"fc": ["what"]}}             | 'what' is neither a reading
            """)
    void asJsonItIsRefusedByTheKey(String json, String said) {
        String message = assertThrows(IllegalArgumentException.class, () -> TorchArchitecture.of(json)).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void whereOrdersFitTheUsualOneIsTakenAndSaid() throws IOException {
        Path file = write("decoder:GRU:4:4 encoder:GRU:4:4 m.10:Linear:4:4 m.9:Linear:4:4");
        try (Imported read = Imported.read(file)) {
            assertEquals(List.of("encoder", "decoder", "m.9", "m.10"),
                    read.report().layers().stream().skip(1).map(ImportReport.Mapped::layer).toList());
            assertTrue(read.report().toString().contains("which fit other orders too"), read.report().toString());
        }
    }

    @Test
    void betweenTwoLinearModulesIsAReluUnlessTheyAreNumberedOn() throws IOException {
        try (Imported read = Imported.read(write(CHAIN))) {
            assertEquals("relu", read.model().graph().layers().get(2).layer().config().get("activation"));
            assertEquals("linear", read.model().graph().layers().get(3).layer().config().get("activation"));
            assertTrue(read.report().toString().contains("a relu is taken to stand behind fc1"));
        }
        try (Imported read = Imported.read(write("lstm:LSTM:3:4 m.0:Linear:4:5 m.1:Linear:5:2"))) {
            assertEquals("linear", read.model().graph().layers().get(2).layer().config().get("activation"));
        }
    }

    @Test
    void severalLinearModulesAtTheEndAreSeveralOutputs() throws IOException {
        try (Imported read = Imported.read(write("lstm:LSTM:3:4 actor:Linear:4:2 critic:Linear:4:1"))) {
            assertEquals(List.of("actor", "critic"), read.model().outputNames());
            assertEquals(2, read.model().predict(List.of(Tensor.zeros(1, 5, 3))).size());
        }
    }

    @Test
    void whatWasSaidTakesThePlaceOfWhatWasInferred() throws IOException {
        Path file = write(CHAIN);
        TorchArchitecture said = TorchArchitecture.inferred().after("lstm", "last").after("fc1", "leaky_relu")
                .after("fc2", "softmax");
        try (Imported read = TorchFormat.of(file, said)) {
            Tensor y = read.model().predict(Tensor.zeros(2, 5, 3));
            assertEquals("(2, 2)", y.shape().toString());
            assertEquals(1, y.get(0, 0) + y.get(0, 1), 1e-6);
            assertFalse(read.report().toString().contains("relu is taken"), read.report().toString());
            assertTrue(read.model().graph().layers().get(2).layer().config().get("activation").toString()
                    .contains("0.00999"));
        }
        try (Imported read = TorchFormat.of(file, TorchArchitecture.inferred().after("fc1"))) {
            assertEquals("linear", read.model().graph().layers().get(2).layer().config().get("activation"));
        }
    }

    @Test
    void aForwardSaysAllAndMayLeaveModulesOut() throws IOException {
        Path file = write(CHAIN + " aux:Linear:4:7");
        try (Imported read = TorchFormat.of(file, TorchArchitecture.forward("lstm", "mean", "fc1", "tanh", "fc2"))) {
            assertEquals(List.of("LSTM", "GlobalAveragePooling1D", "Dense", "Dense"),
                    read.report().layers().stream().skip(1).map(ImportReport.Mapped::kind).toList());
            assertTrue(read.report().toString().contains("module aux (Linear, 4 to 7) is left out"));
        }
        try (Imported read = TorchFormat.of(write("l:LSTM:3:4 m.0:Linear:4:4 m.2:Linear:4:1"),
                TorchArchitecture.forward("l", "m"))) {
            assertEquals(4, read.report().layers().size());
        }
    }

    /** The last step of what goes both ways is not what its backward half ends at. */
    @Test
    void lastAndStateDifferWhereALayerGoesBothWays() throws IOException {
        Path file = write("lstm:BiLSTM:3:4 fc:Linear:8:1");
        float[] x = new float[15];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.sin(i);
        }
        Tensor in = Tensor.of(x, 1, 5, 3);
        try (Imported steps = Imported.read(file);
                Imported last = TorchFormat.of(file, TorchArchitecture.forward("lstm", "last", "fc"));
                Imported state = TorchFormat.of(file, TorchArchitecture.forward("lstm", "state", "fc"))) {
            float[] all = steps.model().predict(in).toArray();
            assertEquals(all[4], last.model().predict(in).toArray()[0]);
            assertTrue(all[4] != state.model().predict(in).toArray()[0]);
        }
    }

    @Test
    void anAttentionNeedsItsHeads() throws IOException {
        Path file = write("emb:Embedding:9:4 lstm:LSTM:4:4 attn:Attention:4 fc:Linear:4:1");
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains("number of heads"), message);
        TorchArchitecture said = TorchArchitecture.forward("emb", "lstm", "attn", "fc").with("attn", "num_heads", 2);
        try (Imported read = TorchFormat.of(file, said)) {
            assertEquals("(1, 3, 1)", read.model().predict(Tensor.ofInts(new int[][] {{1, 2, 3}})).shape().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lstm:LSTM:3:4 fc:Linear:5:2                   | do not stand one behind the other
            lstm:LSTM:3:4 h0:Raw:4                        | holds a tensor 'h0.x'
            conv:Conv2d:3                                 | holds a tensor 'conv.weight' of shape (3, 3, 3, 3)
            """)
    void whatFitsNowhereIsRefusedByName(String modules, String said) throws IOException {
        Path file = write(modules);
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains(said), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void parametersThatDoNotBelongTogetherAreRefused() throws IOException {
        SafetensorsWriter five = new SafetensorsWriter();
        five.tensor("a.weight_ih_l0", Tensor.zeros(20, 3)).tensor("a.weight_hh_l0", Tensor.zeros(20, 4));
        refused(five, "which is no LSTM's (4U rows)");
        SafetensorsWriter half = new SafetensorsWriter();
        half.tensor("a.weight_ih_l0", Tensor.zeros(16, 3)).tensor("a.weight_hh_l0", Tensor.zeros(16, 4))
                .tensor("a.bias_ih_l0", Tensor.zeros(16));
        refused(half, "has no bias_hh_l0");
        SafetensorsWriter gap = new SafetensorsWriter();
        gap.tensor("a.weight_ih_l0", Tensor.zeros(16, 3)).tensor("a.weight_hh_l0", Tensor.zeros(16, 4))
                .tensor("a.weight_ih_l2", Tensor.zeros(16, 4)).tensor("a.weight_hh_l2", Tensor.zeros(16, 4));
        refused(gap, "a' has weight_");
        SafetensorsWriter wrong = new SafetensorsWriter();
        wrong.tensor("a.weight_ih_l0", Tensor.zeros(16, 3)).tensor("a.weight_hh_l0", Tensor.zeros(16, 4))
                .tensor("a.weight_ih_l1", Tensor.zeros(16, 5)).tensor("a.weight_hh_l1", Tensor.zeros(16, 4));
        refused(wrong, "expected (16, 4)");
        SafetensorsWriter bias = new SafetensorsWriter();
        bias.tensor("a.weight", Tensor.zeros(4, 3)).tensor("a.bias", Tensor.zeros(5));
        refused(bias, "tensor 'a.bias' has shape (5,)");
    }

    private void refused(SafetensorsWriter writer, String said) throws IOException {
        Path file = folder.resolve("wrong.safetensors");
        writer.write(file);
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains(said), message);
    }

    @Test
    void anArchitectureThatDoesNotGoWithTheFileIsRefused() throws IOException {
        Path file = write(CHAIN);
        refused(file, TorchArchitecture.forward("lstm", "fc3"), "has no module 'fc3'");
        refused(file, TorchArchitecture.forward("lstm", "lstm"), "stands twice");
        refused(file, TorchArchitecture.forward("relu"), "runs no module");
        refused(file, TorchArchitecture.forward("fc1", "state"), "stands behind no recurrent module");
        refused(file, TorchArchitecture.inferred().after("fc9", "relu"), "has no module 'fc9'");
        refused(file, TorchArchitecture.forward("lstm", "fc2"), "expected");
        assertThrows(IllegalArgumentException.class, () -> TorchArchitecture.inferred().after("fc1", "sine"));
        assertThrows(IllegalArgumentException.class, () -> TorchArchitecture.inferred().with("fc1", "bias", 1));
        assertThrows(IllegalArgumentException.class, () -> TorchArchitecture.tree("{\"type\": \"Transformer\"}"));
    }

    private static void refused(Path file, TorchArchitecture architecture, String said) {
        String message = assertThrows(FormatException.class, () -> TorchFormat.of(file, architecture)).getMessage();
        assertTrue(message.contains(said), message);
    }

    /** A user's own model: names are those of its layers, or their ends. */
    @Test
    void aModelThatIsThereTakesWhatHasItsNames() throws IOException {
        Path file = write("net.lstm:BiLSTM2:3:4 net.fc:Linear:8:2 net.more:Linear:2:2");
        try (Imported read = TorchFormat.of(file, TorchArchitecture.forward("net.lstm", "net.fc"));
                Model own = Sequential.of(Input.sequence(3),
                        Bidirectional.of(Lstm.units(4).returnSequences().named("any")).named("lstm_l0"),
                        Bidirectional.of(Lstm.units(4).returnSequences()).named("lstm_l1"),
                        Dense.units(2).named("fc"), Dense.units(1).named("new"))) {
            ImportReport report = TorchFormat.setWeights(file, own);
            assertTrue(report.notes().toString().contains("layer new (Dense) keeps its weights"), report.toString());
            assertTrue(report.notes().toString().contains("module net.more (Linear, 2 to 2) is left over"),
                    report.toString());
            Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
            assertArrayEquals(read.model().predict(x).toArray(), own.upTo("fc").predict(x).toArray());
        }
    }

    @Test
    void whatAModuleHasMoreThanItsLayerIsSaid() throws IOException {
        Path file = write("gru:GRU:3:4 fc:Linear:4:2");
        try (Model own = Sequential.of(Input.sequence(3), Gru.units(4).named("gru"),
                Dense.units(2).useBias(false).named("fc"))) {
            ImportReport report = TorchFormat.setWeights(file, own);
            assertTrue(
                    report.notes().contains("fc.bias of module fc (Linear, 4 to 2) is left over: layer fc has no weight"
                            + " bias"),
                    report.toString());
        }
    }

    @Test
    void intoAModelThatIsClosedNothingIsSet() throws IOException {
        Path file = write("fc:Linear:4:2");
        try (Model own = Sequential.of(Input.shape(4), Dense.units(2).named("fc"))) {
            own.close();
            assertThrows(IllegalStateException.class, () -> TorchFormat.setWeights(file, own));
        }
    }

    @Test
    void whatDoesNotFitAModelChangesNothing() throws IOException {
        Path file = write("gru:GRU:3:4 fc:Linear:4:2");
        try (Model own = Sequential.of(Input.sequence(3), Gru.units(4).named("gru"), Dense.units(3).named("fc"))) {
            float[] before = own.weight("gru/kernel").get().toArray();
            String message = assertThrows(FormatException.class, () -> TorchFormat.setWeights(file, own)).getMessage();
            assertTrue(message.contains("weight 'fc/kernel' has shape (4, 3)"), message);
            assertArrayEquals(before, own.weight("gru/kernel").get().toArray());
        }
        try (Model own = Sequential.of(Input.sequence(3), Lstm.units(4).peepholes().named("gru"))) {
            assertThrows(FormatException.class, () -> TorchFormat.setWeights(file, own));
        }
    }

    /** Trainers of guitar amplifiers: with the way past the network, and in streams. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void modelsOfAmplifiersAddTheirInput(int skip) throws IOException {
        String text = """
                {"model_data": {"model": "SimpleRNN", "input_size": 1, "skip": %d, "output_size": 1, "unit_type": "LSTM",
                 "num_layers": 1, "hidden_size": 1, "bias_fl": true},
                 "state_dict": {"rec.weight_ih_l0": [[0], [0], [1], [0]], "rec.weight_hh_l0": [[0], [0], [0], [0]],
                  "rec.bias_ih_l0": [40, 0, 0, 40], "rec.bias_hh_l0": [0, -40, 0, 0],
                  "lin.weight": [[2]], "lin.bias": [5]}}""".formatted(skip);
        Path file = Files.writeString(folder.resolve("amp.json"), text);
        try (Imported read = Imported.read(file)) {
            float[] y = read.model().predict(Tensor.of(new float[] {0.5f, -1}, 1, 2, 1)).toArray();
            assertEquals(2 * Math.tanh(Math.tanh(0.5)) + 5 + skip * 0.5, y[0], 1e-6);
            assertEquals(2 * Math.tanh(Math.tanh(-1)) + 5 - skip, y[1], 1e-6);
            assertEquals(skip == 1, read.report().toString().contains("skip 1"));
        }
    }

    @Test
    void otherModelsOfAmplifiersAreRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("amp.json"), """
                {"model_data": {"model": "RecNet"}, "state_dict": {"rec.weight_ih_l0": [[0]]}}""");
        String message = assertThrows(FormatException.class, () -> Imported.read(file)).getMessage();
        assertTrue(message.contains("'RecNet'"), message);
    }

    @Test
    void aStreamIsReadAsAFileIs() throws IOException {
        byte[] bytes = Files
                .readAllBytes(write(CHAIN + " norm:LayerNorm:4 a.very.long.name.to.fill.the.header:Linear:2:2"));
        try (Model model = Model.load(new ByteArrayInputStream(bytes))) {
            assertEquals(2, model.outputShapes().getFirst().last());
        }
    }

    /** A pickle can run code when it is read: what turns it into safetensors is said instead. */
    @Test
    void picklesAreRefusedWithTheLinesOfPythonThatTurnThemIntoSafetensors() throws IOException {
        Path file = folder.resolve("checkpoint");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("checkpoint/data.pkl"));
            zip.write(1);
        }
        for (Path pickle : List.of(file, Files.write(folder.resolve("old.pth"), new byte[] {(byte) 0x80, 2, 5}))) {
            String message = assertThrows(IOException.class, () -> Model.load(pickle)).getMessage();
            assertTrue(message.contains("import torch, safetensors.torch") && message.contains("weights_only=True")
                    && message.contains("safetensors.torch.save_file"), message);
            assertEquals(1, message.lines().count());
        }
    }

    /** Tensors that are neither a model of Gatun's nor of PyTorch's names are said to be that, as before. */
    @Test
    void otherTensorsStayWhatTheyAre() throws IOException {
        Path file = folder.resolve("x.safetensors");
        new SafetensorsWriter().tensor("w/lstm/kernel", Tensor.zeros(3, 4)).write(file);
        String message = assertThrows(FormatException.class, () -> Model.load(file)).getMessage();
        assertTrue(message.contains("not a model of Gatun's"), message);
    }

    /** Each module as {@code name:class:sizes}; its numbers are drawn. */
    private Path write(String modules) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        Random random = new Random(7);
        for (String module : modules.split(" ")) {
            String[] words = module.split(":");
            String name = words[0] + ".";
            int a = Integer.parseInt(words[2]);
            int b = words.length > 3 ? Integer.parseInt(words[3]) : 0;
            switch (words[1]) {
                case "LSTM", "GRU", "RNN" -> recurrent(writer, name, words[1], a, b, "_l0", random);
                case "BiLSTM" -> {
                    recurrent(writer, name, "LSTM", a, b, "_l0", random);
                    recurrent(writer, name, "LSTM", a, b, "_l0_reverse", random);
                }
                case "BiLSTM2" -> {
                    recurrent(writer, name, "LSTM", a, b, "_l0", random);
                    recurrent(writer, name, "LSTM", a, b, "_l0_reverse", random);
                    recurrent(writer, name, "LSTM", 2 * b, b, "_l1", random);
                    recurrent(writer, name, "LSTM", 2 * b, b, "_l1_reverse", random);
                }
                case "Linear" ->
                    writer.tensor(name + "weight", drawn(random, b, a)).tensor(name + "bias", drawn(random, b));
                case "Embedding" -> writer.tensor(name + "weight", drawn(random, a, b));
                case "Conv" -> writer.tensor(name + "weight", drawn(random, b, a, Integer.parseInt(words[4])))
                        .tensor(name + "bias", drawn(random, b));
                case "Conv2d" -> writer.tensor(name + "weight", drawn(random, a, a, a, a));
                case "LayerNorm" ->
                    writer.tensor(name + "weight", drawn(random, a)).tensor(name + "bias", drawn(random, a));
                case "BatchNorm" -> writer.tensor(name + "weight", drawn(random, a))
                        .tensor(name + "bias", drawn(random, a))
                        .tensor(name + "running_mean", drawn(random, a)).tensor(name + "running_var", Tensor.zeros(a))
                        .tensor(name + "num_batches_tracked", Tensor.ofInts(new int[] {5}));
                case "PReLU" -> writer.tensor(name + "weight", drawn(random, a));
                case "Attention" -> writer.tensor(name + "in_proj_weight", drawn(random, 3 * a, a))
                        .tensor(name + "in_proj_bias", drawn(random, 3 * a))
                        .tensor(name + "out_proj.weight", drawn(random, a, a))
                        .tensor(name + "out_proj.bias", drawn(random, a));
                default -> writer.tensor(name + "x", drawn(random, a));
            }
        }
        Path file = folder.resolve("model.safetensors");
        writer.write(file);
        return file;
    }

    private static void recurrent(SafetensorsWriter writer, String name, String kind, int inputs, int units,
            String ending,
            Random random) {
        int wide = units * (kind.equals("LSTM") ? 4 : kind.equals("GRU") ? 3 : 1);
        writer.tensor(name + "weight_ih" + ending, drawn(random, wide, inputs))
                .tensor(name + "weight_hh" + ending, drawn(random, wide, units))
                .tensor(name + "bias_ih" + ending, drawn(random, wide))
                .tensor(name + "bias_hh" + ending, drawn(random, wide));
    }

    private static Tensor drawn(Random random, long... dims) {
        int count = 1;
        for (long dim : dims) {
            count *= (int) dim;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return Tensor.of(values, dims);
    }
}
