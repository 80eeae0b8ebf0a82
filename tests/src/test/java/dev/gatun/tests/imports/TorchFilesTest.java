package dev.gatun.tests.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.Imported;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.serve.LayerStates;
import dev.gatun.layers.serve.Predicted;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import dev.gatun.tests.fixture.FixtureTensor;
import dev.gatun.tests.fixture.JsonArrays;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.fixture.SafetensorsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** State dicts that PyTorch wrote, with what it computed: the order of modules is told from their widths, or given. */
final class TorchFilesTest {

    /** What the files do not say; everything else is inferred. */
    private static final Map<String, TorchArchitecture> SAID = Map.of(
            "lstm_l1_last", TorchArchitecture.inferred().after("rnn", "last"),
            "lstm_nobias_timefirst", TorchArchitecture.inferred().timeFirst(),
            "rnn_relu_l3", TorchArchitecture.inferred().with("rnn", "nonlinearity", "relu"),
            "emb_bilstm_layernorm_mlp",
            TorchArchitecture.inferred().after("lstm", "mean").after("mlp.3", "softmax"));

    /** What the trees of modules do not say, which hold modules alone. */
    private static final Map<String, String[][]> BESIDE_THE_TREE = Map.of(
            "lstm_l1_last", new String[][] {{"rnn", "last"}},
            "emb_bilstm_layernorm_mlp", new String[][] {{"lstm", "mean"}, {"mlp.3", "softmax"}});

    @TestFactory
    Stream<DynamicTest> inferred() {
        return names().map(name -> DynamicTest.dynamicTest(name, () -> check(name,
                SAID.getOrDefault(name, TorchArchitecture.inferred()))));
    }

    @TestFactory
    Stream<DynamicTest> byTheTreeOfModules() {
        return names().map(name -> DynamicTest.dynamicTest(name, () -> {
            JsonNode json = JsonArrays.shared("oracles/torch2/" + name + ".json").orElseThrow();
            TorchArchitecture tree = TorchArchitecture.tree(json.get("tree").toString());
            for (String[] said : BESIDE_THE_TREE.getOrDefault(name, new String[0][])) {
                tree = tree.after(said[0], said[1]);
            }
            check(name, tree);
        }));
    }

    /** What was told from widths alone: an encoder and a decoder around a normalization. */
    @TestFactory
    Stream<DynamicTest> theReportSaysWhatWasDecided() {
        return names().filter("encdec_gru_lstm_bn"::equals).map(name -> DynamicTest.dynamicTest(name, () -> {
            Path file = Shared.find("oracles/torch2/" + name + ".safetensors").orElseThrow();
            try (Imported read = Imported.read(file)) {
                String report = read.report().toString();
                assertTrue(report.contains("the order enc, bn, dec, out was told from the widths"), report);
                assertTrue(report.contains("eps of bn is taken to be 1.0E-5"), report);
                assertTrue(report.contains("kernel (3, 16) <- enc.weight_ih_l0"), report);
                assertTrue(report.contains("every step of a sequence has an output"), report);
            }
        }));
    }

    private static Stream<String> names() {
        return JsonArrays.shared("oracles/torch2/index.json").stream()
                .flatMap(index -> index.get("cases").propertyStream().map(Map.Entry::getKey));
    }

    private static void check(String name, TorchArchitecture architecture) throws IOException {
        JsonNode json = JsonArrays.shared("oracles/torch2/" + name + ".json").orElseThrow();
        Path file = Shared.find("oracles/torch2/" + name + ".safetensors").orElseThrow();
        try (Imported read = TorchFormat.of(file, architecture)) {
            FixtureTensor x = JsonArrays.shaped(json.get("in_0"));
            boolean areIds = read.model().graph().inputType(0).name().equals("INT32");
            Tensor in = areIds ? Tensor.ofInts(ints(x), dims(x)) : Tensor.of(x.floats(), dims(x));
            LayerStates start = json.has("in_1")
                    ? start(JsonArrays.shaped(json.get("in_1")), JsonArrays.shaped(json.get("in_2")))
                    : LayerStates.ZERO;
            Predicted got = read.model().predictWithStates(List.of(in), List.of(), start);
            if (name.equals("cells_manual")) {
                within(name, got.states().h("a"), JsonArrays.shaped(json.get("out_0")));
                within(name, got.states().c("a"), JsonArrays.shaped(json.get("out_1")));
                within(name, got.states().h("b"), JsonArrays.shaped(json.get("out_2")));
                return;
            }
            within(name, got.output(), JsonArrays.shaped(json.get("out_0")));
            if (json.has("out_1")) {
                checkStates(name, got.states(), json);
            }
        }
    }

    /** States of a layer after the other, forwards before backwards, in PyTorch; of an LSTM h and c apart. */
    private static void checkStates(String name, LayerStates states, JsonNode json) {
        FixtureTensor h = JsonArrays.shaped(json.get("out_1"));
        FixtureTensor c = json.has("out_2") ? JsonArrays.shaped(json.get("out_2")) : null;
        int part = 0;
        for (String layer : states.layers()) {
            List<Tensor> parts = states.parts(layer);
            for (int i = 0; i < parts.size(); part++) {
                within(name + " h of " + layer, parts.get(i++), h.at(part));
                if (c != null) {
                    within(name + " c of " + layer, parts.get(i++), c.at(part));
                }
            }
        }
        assertEquals(h.dim(0), part);
    }

    private static LayerStates start(FixtureTensor h, FixtureTensor c) {
        Map<String, List<Tensor>> states = new LinkedHashMap<>();
        for (int layer = 0; layer < h.dim(0); layer++) {
            states.put("rnn_l" + layer, List.of(Tensor.of(h.at(layer).floats(), dims(h.at(layer))),
                    Tensor.of(c.at(layer).floats(), dims(c.at(layer)))));
        }
        return LayerStates.of(states);
    }

    /** {@code mike-g-dev/nexus}: other prefixes, and stacks. */
    @TestFactory
    Stream<DynamicTest> filesOfOthers() throws IOException {
        Path folder = Shared.find("wild/nexus").orElse(null);
        if (folder == null) {
            return Stream.empty();
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> listed = Files.list(folder)) {
            listed.filter(file -> file.toString().endsWith(".safetensors")).sorted().forEach(files::add);
        }
        assertEquals(14, files.size());
        return files.stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            String name = file.getFileName().toString().replace(".safetensors", "");
            JsonNode json = JsonArrays.read(file.resolveSibling(name + "_expected.json"));
            FixtureTensor x = JsonArrays.tensor(json.get("inputs"));
            try (Imported read = Imported.read(file)) {
                float[] y = read.model().predict(Tensor.of(x.floats(), 1, x.dim(0), x.dim(1))).toArray();
                double[] expected = JsonArrays.values(json.get("outputs"));
                assertEquals(expected.length, y.length);
                for (int i = 0; i < y.length; i++) {
                    // Of the difference itself: one file's numbers are so small that its own are 2e-5 of them off.
                    assertEquals(expected[i], y[i], json.get("tolerance").asDouble(), name + " number " + i);
                }
                assertNotNull(read.model().weight(
                        json.get("rnn_prefix").asText() + (json.has("num_layers") ? "_l0" : "") + "/kernel"));
            }
        }));
    }

    /** The fixtures' LSTMs, whose parameters have no module before their names. */
    @TestFactory
    Stream<DynamicTest> loneModules() {
        return Stream.of("f_torch_lstm_2layer", "f_torch_lstm_2layer_bi")
                .filter(name -> Shared.find("fixtures/" + name + ".json").isPresent())
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    JsonNode json = JsonArrays.shared("fixtures/" + name + ".json").orElseThrow();
                    Path file = Shared.find("fixtures/" + json.get("weights_file").asText()).orElseThrow();
                    Map<String, FixtureTensor> tensors = SafetensorsReader
                            .read(Shared.find("fixtures/" + name + ".safetensors").orElseThrow());
                    try (Imported read = Imported.read(file)) {
                        FixtureTensor x = tensors.get("x");
                        Tensor y = read.model().predict(Tensor.of(x.floats(), dims(x)));
                        within(name, y, tensors.get("y_zero_state"));
                        assertEquals("lstm_l0", read.model().graph().layers().get(1).name());
                    }
                }));
    }

    private static void within(String what, Tensor got, FixtureTensor expected) {
        assertEquals(Tensor.of(expected.floats(), dims(expected)).shape(), got.shape(), what);
        assertEquals(DataType.FLOAT32, got.type());
        double error = Measure.relative(got.toArray(), expected.values());
        assertTrue(error < 1e-5, what + " " + error);
    }

    private static int[] ints(FixtureTensor x) {
        int[] ints = new int[x.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) x.values()[i];
        }
        return ints;
    }

    private static long[] dims(FixtureTensor x) {
        long[] dims = new long[x.shape().length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = x.shape()[i];
        }
        return dims;
    }
}
