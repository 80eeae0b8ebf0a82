package dev.gatun.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.layers.BatchNormalization;
import dev.gatun.layers.Dense;
import dev.gatun.layers.GroupNormalization;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.kernels.Bits;
import dev.gatun.tests.own.Passing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration in an ONNX file of Gatun's: believed where the nodes say the same, and nowhere else. */
final class OwnOnnxTest {

    private static final String SAME = "written by Gatun: its configuration in the file says the same as its nodes";
    private static final String OTHER = "its metadata hold a configuration of Gatun's (gatun.model) that does not say";

    @TempDir
    private Path folder;

    /** With an LSTM, whose gates ONNX orders otherwise, and a normalization, of which the nodes hold one factor alone. */
    private static Model model() {
        Model model = Sequential.of(Input.sequence(3).named("x"), Gru.units(4).returnSequences().named("gru"),
                BatchNormalization.of().named("norm"), Lstm.units(4).named("lstm"), Dense.units(2).named("y"));
        for (Weight weight : model.weights()) {
            float[] numbers = weight.get().toArray();
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = 0.1f + 0.37f * i % 0.9f;
            }
            weight.set(Tensor.of(numbers, weight.shape().toArray()));
        }
        model.metadata().put("scale", "2");
        return model;
    }

    private Imported read(Model model, UnaryOperator<ModelProto> change) throws IOException {
        Path file = folder.resolve("model.onnx");
        model.save(file);
        Files.write(file, change.apply(ModelProto.parseFrom(Files.readAllBytes(file))).toByteArray());
        return OnnxFormat.of(file);
    }

    private static ModelProto graph(ModelProto file, UnaryOperator<GraphProto> change) {
        return file.toBuilder().setGraph(change.apply(file.getGraph())).build();
    }

    private static ModelProto entry(ModelProto file, String key, UnaryOperator<String> change) {
        ModelProto.Builder changed = file.toBuilder().clearMetadataProps();
        for (StringStringEntryProto entry : file.getMetadataPropsList()) {
            changed.addMetadataProps(entry.getKey().equals(key)
                    ? entry.toBuilder().setValue(change.apply(entry.getValue())).build()
                    : entry);
        }
        return changed.build();
    }

    @Test
    void itIsTheVeryModel() throws IOException {
        try (Model model = model(); Imported imported = read(model, file -> file)) {
            assertTrue(imported.report().notes().getFirst().startsWith(SAME), imported.report().toString());
            assertTrue(imported.report().toString().contains("kernel (4, 16) <- lstm/W"),
                    imported.report().toString());
            for (Weight weight : model.weights()) {
                Bits.same(imported.model().weight(weight.name()).get().toArray(), weight.get().toArray(),
                        weight.name());
            }
            assertEquals("2", imported.model().metadata().get("scale"));
            assertFalse(imported.model().metadata().containsKey("gatun.model"), "it goes with the file");
        }
    }

    /** Shapes in between and a description, as checkers and editors add them, change nothing that is computed. */
    @Test
    void whatNobodyReadsMayBeAdded() throws IOException {
        try (Model model = model();
                Imported imported = read(model, file -> graph(file, graph -> graph.toBuilder()
                        .setDocString("mine").addValueInfo(graph.getOutput(0).toBuilder().setName("norm/Add"))
                        .build()))) {
            assertTrue(imported.report().notes().getFirst().startsWith(SAME), imported.report().toString());
        }
    }

    @Test
    void aChangedFileIsReadAsItsNodesSay() throws IOException {
        Map<String, UnaryOperator<ModelProto>> changes = Map.of(
                "its node ", file -> graph(file, OwnOnnxTest::withReluBehind),
                "its graph is called 'other'", file -> graph(file, graph -> graph.toBuilder().setName("other").build()),
                "its outputs are [z ", file -> graph(file, OwnOnnxTest::withOtherOutput));
        for (Map.Entry<String, UnaryOperator<ModelProto>> change : changes.entrySet()) {
            try (Model model = model(); Imported imported = read(model, change.getValue())) {
                String note = imported.report().notes().getFirst();
                assertTrue(note.startsWith(OTHER) && note.contains(change.getKey()), note);
                assertFalse(imported.model().metadata().containsKey("gatun.model"));
            }
        }
    }

    /** Numbers of a weight that lies there as it is are the file's; a factor made of two weights has to be that of both. */
    @Test
    void changedNumbersAreTheFiles() throws IOException {
        try (Model model = model();
                Imported imported = read(model, file -> graph(file, OwnOnnxTest::withHalfOfW));
                Imported other = read(model, file -> graph(file, OwnOnnxTest::withHalfOfScale))) {
            assertTrue(imported.report().notes().getFirst().startsWith(SAME), imported.report().toString());
            float[] halves = model.weight("lstm/kernel").get().toArray();
            for (int i = 0; i < halves.length; i++) {
                halves[i] /= 2;
            }
            Bits.same(imported.model().weight("lstm/kernel").get().toArray(), halves, "the file's kernel");
            String note = other.report().notes().getFirst();
            assertTrue(note.startsWith(OTHER) && note.contains("has other numbers"), note);
        }
    }

    private static GraphProto withHalfOfW(GraphProto graph) {
        return withHalf(graph, "lstm/W");
    }

    private static GraphProto withHalfOfScale(GraphProto graph) {
        return withHalf(graph, graph.getInitializerList().stream().map(TensorProto::getName)
                .filter(name -> name.startsWith("norm/") && name.contains("scale")).findFirst().orElseThrow());
    }

    private static GraphProto withHalf(GraphProto graph, String name) {
        GraphProto.Builder changed = graph.toBuilder();
        for (TensorProto.Builder tensor : changed.getInitializerBuilderList()) {
            if (tensor.getName().equals(name)) {
                ByteBuffer numbers = ByteBuffer.wrap(tensor.getRawData().toByteArray())
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int place = 0; place < numbers.capacity(); place += Float.BYTES) {
                    numbers.putFloat(place, numbers.getFloat(place) / 2);
                }
                tensor.setRawData(ByteString.copyFrom(numbers.array()));
            }
        }
        return changed.build();
    }

    /** What the output takes goes through one more node. */
    private static GraphProto withReluBehind(GraphProto graph) {
        int last = graph.getNodeCount() - 1;
        NodeProto node = graph.getNode(last);
        return graph.toBuilder().setNode(last, node.toBuilder().setOpType("Relu")).build();
    }

    private static GraphProto withOtherOutput(GraphProto graph) {
        int last = graph.getNodeCount() - 1;
        return graph.toBuilder().setNode(last, graph.getNode(last).toBuilder().setOutput(0, "z"))
                .setOutput(0, graph.getOutput(0).toBuilder().setName("z")).build();
    }

    /** Its configuration may be anything. */
    @Test
    void aHostileConfigurationIsNotBelieved() throws IOException {
        Map<String, UnaryOperator<String>> changes = Map.of(
                "is not JSON", text -> text.substring(1),
                "is not a JSON object", text -> "[]",
                "levels", text -> "{\"a\":".repeat(100_000),
                "it needs", text -> text.replace("\"units\":4", "\"units\":40000000"),
                "expected", text -> text.replace("\"units\":2", "\"units\":3"),
                "its node", text -> text.replace("\"activation\":\"linear\"", "\"activation\":\"relu\""),
                "Nobody", text -> text.replace("\"class_name\":\"LSTM\"", "\"class_name\":\"Nobody\""));
        for (Map.Entry<String, UnaryOperator<String>> change : changes.entrySet()) {
            try (Model model = model();
                    Imported imported = read(model, file -> entry(file, "gatun.model", change.getValue()))) {
                String note = imported.report().notes().getFirst();
                assertTrue(note.startsWith(OTHER), note);
                Tensor x = Tensor.of(new float[] {0.1f, -0.2f, 0.3f, 0.5f, 0.7f, -0.4f}, 1, 2, 3);
                float[] got = imported.model().predict(x).toArray();
                float[] expected = model.predict(x).toArray();
                for (int i = 0; i < got.length; i++) {
                    assertEquals(expected[i], got[i], 1e-5, note);
                }
            }
        }
    }

    @Test
    void hostileWeightsAreNotBelieved() throws IOException {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(text -> "{}",
                text -> text.replace("norm/", "more/"), text -> text.replace(":\"", ":\"!"),
                text -> text.replaceFirst(":\"[^\"]*", ":\"AAAA"),
                text -> text.replaceFirst("\"[^\"]*\"(?=[,}])", "1"))) {
            try (Model model = model();
                    Imported imported = read(model, file -> entry(file, "gatun.weights", change))) {
                assertTrue(imported.report().notes().getFirst().startsWith(OTHER), imported.report().toString());
            }
        }
    }

    /** Wherever it stands: its nodes may do something else. */
    @Test
    void ofALayerOfOnesOwnThereIsNoConfiguration() throws IOException {
        Path file = folder.resolve("own.onnx");
        for (Layer own : List.of(new Passing(1), TimeDistributed.of(new Passing(1)))) {
            try (Model model = Sequential.of(Input.sequence(3), own)) {
                model.save(file);
            }
            assertEquals(0, ModelProto.parseFrom(Files.readAllBytes(file)).getMetadataPropsCount());
        }
    }

    /** A file of layers that only a configuration tells is a graph, once it is changed. */
    @Test
    void whatIsNoModelWithoutItIsAGraphAgain() throws IOException {
        try (Model model = Sequential.of(Input.sequence(4).named("x"), GroupNormalization.groups(2).named("y"))) {
            read(model, file -> file).close();
            String said = assertThrows(FormatException.class,
                    () -> read(model, file -> graph(file, OwnOnnxTest::withReluBehind))).getMessage();
            assertTrue(said.contains("OnnxRunner runs it as it stands"), said);
        }
    }
}
