package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.layers.Embedding;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `gatun inspect`: any file, also one that is refused.
final class InspectTest {

    @TempDir
    Path folder;

    private static JsonNode inspected(Path file) throws Exception {
        return Cli.ok("inspect", file, "--json").json();
    }

    private static void assertVerdict(String verdict, String format, JsonNode json) {
        assertEquals(verdict, json.get("verdict").asText(), json.toString());
        assertEquals(format, json.get("format").asText(), json.toString());
    }

    private Path model() throws IOException {
        Path file = folder.resolve("m.bin");
        Path saved = folder.resolve("m.gatun");
        try (Model model = Sequential.of(Input.shape(Shape.UNKNOWN, 3), Lstm.units(4).named("lstm"))) {
            model.save(saved);
        }
        return Files.move(saved, file);
    }

    @Test
    void aModelWhateverItsName() throws Exception {
        Path file = model();
        JsonNode json = inspected(file);
        assertVerdict("model", "safetensors", json);
        assertEquals("Gatun (format 2)", json.get("written_by").asText());
        assertEquals(128, json.get("model").get("parameters").asInt());
        assertEquals("(None, None, 3)", json.get("model").get("inputs").get("input_layer").asText());
        assertEquals("LSTM", json.get("model").get("layers").get(1).get("kind").asText());
        assertEquals(3, json.get("arrays").size());
        String text = Cli.ok("inspect", file).out();
        assertTrue(text.contains("read as a model") && text.contains("│ lstm (LSTM)"), text);
        assertTrue(Cli.ok("inspect", file, "--all").out().contains("lstm/kernel F32 (3, 16)"));
    }

    @Test
    void whatIsRefusedIsLookedIntoAllTheSame() throws Exception {
        Path file = model();
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.gatun"), Arrays.copyOf(bytes, bytes.length - 4));
        JsonNode json = inspected(cut);
        assertVerdict("refused", "safetensors", json);
        assertTrue(json.get("problem").asText().contains("ends early"), json.toString());
        String text = Cli.ok("inspect", cut).out();
        assertTrue(text.contains("refused: ") && text.contains("Wrong: "), text);
        Path newer = folder.resolve("newer.gatun");
        new SafetensorsWriter().metadata("gatun.format", "99").tensor("w", Tensor.zeros(2)).write(newer);
        json = inspected(newer);
        assertEquals("weights", json.get("verdict").asText());
        assertTrue(json.get("says").asText().contains("newer Gatun"), json.toString());
        Path text1 = Files.writeString(folder.resolve("notes.txt"), "not a model at all");
        assertEquals("refused", inspected(text1).get("verdict").asText());
        assertEquals("refused", inspected(Files.createFile(folder.resolve("empty"))).get("verdict").asText());
        assertEquals("refused", inspected(Files.createDirectory(folder.resolve("sub"))).get("verdict").asText());
    }

    @Test
    void weightsAndData() throws Exception {
        Path weights = folder.resolve("w.safetensors");
        new SafetensorsWriter().tensor("rnn.w", Tensor.zeros(2, 3)).write(weights);
        JsonNode json = inspected(weights);
        assertVerdict("weights", "safetensors", json);
        assertTrue(json.get("says").asText().contains("--into MODEL"), json.toString());
        assertEquals(6, json.get("arrays").get(0).get("elements").asInt());

        Path npy = folder.resolve("x.npy");
        Npy.write(npy, Tensor.ofInts(new int[] {1, 2}, 1, 2));
        json = inspected(npy);
        assertVerdict("data", "NumPy array", json);
        assertEquals("<i4", json.get("arrays").get(0).get("type").asText());
        assertEquals("(1, 2)", json.get("arrays").get(0).get("shape").asText());
        Path npz = folder.resolve("x.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(Files.readAllBytes(npy));
        }
        json = inspected(npz);
        assertVerdict("data", "NumPy arrays (.npz)", json);
        assertEquals("a", json.get("arrays").get(0).get("name").asText());
        Files.write(npy, Arrays.copyOf(Files.readAllBytes(npy), 130));
        assertTrue(inspected(npy).get("problem").asText().contains("promises 136 bytes, but it has 130"));

        Path csv = Tables.write(folder.resolve("t.csv"), "day;sold;shop\n1;2;a\n2;;b\n");
        json = inspected(csv);
        assertVerdict("data", "table (CSV)", json);
        assertEquals("2", json.get("metadata").get("rows").asText());
        assertEquals("[\"numbers\",\"numbers\",\"text\"]", json.get("arrays").findValuesAsText("type").stream()
                .map(type -> '"' + type + '"').toList().toString().replace(", ", ","));
        assertEquals("2 rows, 1 of them empty", json.get("arrays").get(1).get("shape").asText());
    }

    @Test
    void referencesAndWhatHoldsNothing() throws Exception {
        Path safetensors = folder.resolve("r.safetensors");
        new SafetensorsWriter().tensor("x0", Tensor.zeros(2)).tensor("y0", Tensor.zeros(3)).write(safetensors);
        Path npz = folder.resolve("r.npz");
        Npz.write(npz, Map.of("in_a", Tensor.zeros(2), "out_b", Tensor.zeros(3)));
        String tensor = "{\"shape\": [2, 1], \"dtype\": \"float32\", \"data\": [1, 2]}";
        Path json = Files.writeString(folder.resolve("r.json"), "{\"note\": \"\", \"inputs\": {\"a\": " + tensor
                + "}, \"outputs\": {\"b\": " + tensor + "}}");
        for (Path file : List.of(safetensors, npz, json)) {
            JsonNode said = inspected(file);
            assertEquals("data", said.get("verdict").asText(), said.toString());
            assertTrue(said.get("says").asText().contains("'gatun verify MODEL --against " + file + "'"),
                    said.toString());
        }
        JsonNode array = inspected(json).get("arrays").get(0);
        assertEquals("{\"name\":\"in_a\",\"type\":\"float32\",\"shape\":\"[2, 1]\",\"elements\":2}", array.toString());
        Path list = Files.writeString(folder.resolve("list.json"), "[1, [2, 3]]");
        assertVerdict("refused", "JSON", inspected(list));
        assertEquals("a list with 3 plain values", inspected(list).get("metadata").get("content").asText());
        Path words = Tables.write(folder.resolve("w.csv"), "a,b\nx,\n");
        assertTrue(inspected(words).get("says").asText().contains("without a column of numbers"));
        Path empty = Files.createFile(folder.resolve("empty.keras"));
        assertTrue(inspected(empty).get("says").asText().contains("the file is empty"));
    }

    /// The largest of each row, and its place: an operator that is no layer.
    private Path topOfEachRow() throws IOException {
        TypeProto.Tensor.Builder rows = TypeProto.Tensor.newBuilder().setElemType(1)
                .setShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(3)));
        GraphProto.Builder graph = GraphProto.newBuilder().setName("top")
                .addInput(ValueInfoProto.newBuilder().setName("x").setType(TypeProto.newBuilder().setTensorType(rows)))
                .addInitializer(TensorProto.newBuilder().setName("k").setDataType(7).addDims(1).addInt64Data(1))
                .addNode(NodeProto.newBuilder().setOpType("TopK").setName("top").addInput("x").addInput("k")
                        .addOutput("most").addOutput("place"))
                .addOutput(ValueInfoProto.newBuilder().setName("most"))
                .addOutput(ValueInfoProto.newBuilder().setName("place"));
        return Files.write(folder.resolve("g.onnx"), ModelProto.newBuilder().setIrVersion(8).setProducerName("test")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17)).setGraph(graph).build().toByteArray());
    }

    @Test
    void graphsWithoutLayersAreSaidToBeSo() throws Exception {
        Path file = topOfEachRow();
        JsonNode json = inspected(file);
        assertVerdict("graph", "ONNX", json);
        JsonNode graph = json.get("model");
        assertEquals("(None, 3)", graph.get("inputs").get("x").asText(), json.toString());
        assertEquals("float32", graph.get("input_types").get("x").asText(), json.toString());
        assertEquals("(of any shape)", graph.get("outputs").get("place").asText(), json.toString());
        assertTrue(graph.get("notes").get(0).asText().contains("is no model of layers: "), json.toString());
        assertTrue(!graph.get("notes").get(0).asText().contains("OnnxRunner"), json.toString());
        String summary = Cli.ok("summary", file).out();
        assertTrue(summary.contains("Inputs:    x (None, 3) float32") && summary.contains("Operators: TopK")
                && summary.contains("1 in 1 initializers"), summary);
        JsonNode plain = Cli.ok("summary", file, "--json", "--quiet").json();
        assertEquals(1, plain.get("parameters").asInt(), plain.toString());
        Path csv = Tables.write(folder.resolve("t.csv"), "1,2\n");
        String takes = "'gatun predict' and 'gatun verify' run it";
        Cli.refused(Cli.args("evaluate", file, csv), "error on a table cannot be measured", takes);
        Cli.refused(Cli.args("plot", file, "--out", folder.resolve("a.dot")), "there is nothing to draw", takes);
    }

    @Test
    void inputsAreNamedAsFilesNameThem() throws Exception {
        Path ids = folder.resolve("ids.gatun");
        try (Model model = Sequential.of(Input.ints(5), Embedding.of(7, 3), Lstm.units(2))) {
            model.save(ids);
        }
        assertTrue(Cli.ok("inspect", ids).out().contains("(None, 5) int32"));
        Path onnx = folder.resolve("seq.onnx");
        try (Model model = Sequential.of(Input.shape(5, 3), Lstm.units(2).named("lstm"))) {
            model.save(onnx);
        }
        Path x = folder.resolve("x.npy");
        Path y = folder.resolve("y.safetensors");
        Npy.write(x, Tensor.zeros(2, 5, 3));
        Cli.ok("predict", onnx, "--input", x, "--output", y);
        JsonNode outputs = inspected(onnx).get("model").get("outputs");
        try (SafetensorsFile made = Safetensors.read(y)) {
            assertEquals(List.of(outputs.fieldNames().next()), made.tensors().stream().map(TensorInfo::name).toList());
        }
    }

    @Test
    void jsonAndArchives() throws Exception {
        Path json = Files.writeString(folder.resolve("a.json"),
                "{\"architecture\": \"WaveNet\", \"weights\": [1, 2, [3]], \"none\": null}");
        JsonNode said = inspected(json);
        assertVerdict("refused", "JSON", said);
        assertEquals("a list with 3 plain values", said.get("metadata").get("weights").asText());
        assertEquals("null", said.get("metadata").get("none").asText());
        Files.writeString(json, "{\"deep\": " + "[".repeat(5000));
        assertTrue(inspected(json).get("problem").asText().contains("JSON"), "not to its end");
        Path zip = folder.resolve("some.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("m/data.pkl"));
            out.write("x".getBytes(StandardCharsets.UTF_8));
        }
        said = inspected(zip);
        assertVerdict("refused", "PyTorch pickle in a zip archive", said);
        assertTrue(said.get("says").asText().contains("safetensors"), said.toString());
    }

    /** What an archive says of itself is read as what it is, or said not to be. */
    @Test
    void archivesWhoseTextIsBroken() throws Exception {
        Path file = folder.resolve("broken.keras");
        for (String text : List.of("{\"keras_version\": \"3.\u00ff\"}", "{\"keras_version\": ")) {
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
                out.putNextEntry(new ZipEntry("config.json"));
                out.putNextEntry(new ZipEntry("metadata.json"));
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.putNextEntry(new ZipEntry("model.weights.h5"));
            }
            JsonNode said = inspected(file);
            assertTrue(said.toString().contains("metadata.json"), said.toString());
            assertTrue(said.get("metadata") == null || said.get("metadata").isEmpty(), said.toString());
        }
    }

    @Test
    void whatCannotBeOpenedIsCodeOne() {
        Path none = folder.resolve("none");
        assertEquals(1, Cli.run("inspect", none).code());
        Cli.refused(Cli.args("inspect", none), "none");
        assertEquals(2, Cli.run("inspect").code());
    }

    /** Cut anywhere, a file is told of in one way or another. */
    @Test
    @Timeout(60)
    void cutFiles() throws Exception {
        byte[] bytes = Files.readAllBytes(model());
        Path cut = folder.resolve("cut");
        for (int length = 0; length < bytes.length; length += 64) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertEquals("refused", inspected(cut).get("verdict").asText(), "at " + length);
        }
    }

    @Test
    @Timeout(300)
    void filesOfOthers() throws Exception {
        assumeTrue(Shared.root().isPresent(), Shared.ABSENT);
        List<Path> files;
        try (Stream<Path> all = Files.walk(Shared.find("wild").orElseThrow())) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            JsonNode json = inspected(file);
            assertTrue(!json.get("format").isNull() || file.toString().endsWith(".md"), file + ": " + json);
            assertTrue(json.get("problem").isNull() || file.toString().endsWith(".md"), file + ": " + json);
        }
        JsonNode onnx = inspected(Shared.find("wild/tract__byte_sb_bidi_lstm_model.onnx").orElseThrow());
        assertTrue(onnx.get("metadata").get("operators").asText().contains("LSTM"), onnx.toString());
        assertTrue(onnx.get("written_by").asText().startsWith("pytorch 1.5"), onnx.toString());
        assertTrue(List.of("graph", "model").contains(onnx.get("verdict").asText()), onnx.toString());
        JsonNode quantised = inspected(Shared.find("wild/tract__qlstm_3-2-3_T3_S1_model.onnx").orElseThrow());
        assertEquals("refused", quantised.get("verdict").asText());
        assertTrue(quantised.get("says").asText().contains("QLinearConv"), quantised.toString());
        JsonNode h5 = inspected(Shared.find("wild/blaze__lstm_model.h5").orElseThrow());
        assertEquals("Keras 2.13.1", h5.get("written_by").asText());
        assertTrue(h5.get("arrays").findValuesAsText("name")
                .contains("model_weights/lstm/lstm/lstm_cell/kernel:0"), h5.toString());
    }
}
