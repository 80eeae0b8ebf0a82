package dev.gatun.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.graph.OnnxParser;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.writing.OnnxWriter;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.model.ModelWriter;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.tests.own.Passing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file: what stands in it, and that it is whole or not there. What the nodes compute is in {@code battery}. */
final class OnnxWriterTest {

    private static Model model() {
        return Sequential.of(Input.sequence(3).named("x"), Lstm.units(4).returnSequences().named("first"),
                Gru.units(5).activation("gelu").returnSequences().named("second"),
                TimeDistributed.of(Dense.units(2).named("dense")).named("words"));
    }

    private static ParsedGraph parsed(byte[] file) throws IOException {
        ParsedModel model = OnnxParser.parse(ModelSource.of(new ByteArrayInputStream(file)));
        assertEquals(OnnxGraph.OPSET, model.opset());
        return model.graph();
    }

    @Test
    void itHoldsTheModelsNames(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        try (Model model = model()) {
            model.save(file);
        }
        ParsedGraph graph = parsed(Files.readAllBytes(file));
        assertEquals(List.of("x"), graph.inputs().stream().map(ParsedValue::name).toList());
        assertEquals(List.of("words"), graph.outputs().stream().map(ParsedValue::name).toList());
        assertEquals("[batch, x_time, 3]",
                graph.inputs().getFirst().axes().toString());
        ParsedNode lstm = graph.nodes().stream().filter(node -> node.operator().equals("LSTM")).findFirst()
                .orElseThrow();
        assertTrue(lstm.inputs().containsAll(List.of("first/W", "first/R", "first/B")), lstm.toString());
        assertEquals(1, graph.nodes().stream().filter(node -> node.operator().equals("Scan")).count());
        assertTrue(graph.initializers().containsKey("second/recurrent_kernel"));
    }

    /** Nothing of a model's file depends on the run of the JVM or on where it is written. */
    @Test
    void equalModelsGiveEqualBytes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (Model model = model()) {
            model.save(file);
            try (Model loaded = again(model, folder)) {
                ModelWriter.of("onnx").save(loaded, stream);
            }
        }
        assertArrayEquals(Files.readAllBytes(file), stream.toByteArray());
    }

    private static Model again(Model model, Path folder) throws IOException {
        Path file = folder.resolve("model.gatun");
        model.save(file);
        return Model.load(file);
    }

    /** But for the axes of another file that the model was read from: they would be taken for those of this one. */
    @Test
    void metadataComeBack(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        try (Model model = Sequential.of(Input.sequence(3).named("x"), Lstm.units(4).named("y"))) {
            model.metadata().put("scale", "2");
            model.metadata().put("onnx.input.1", "z 0,1");
            model.save(file);
        }
        Map<String, String> written = OnnxParser.parse(ModelSource.of(file)).metadata();
        assertEquals(Set.of("scale", "gatun.model"), written.keySet());
        assertEquals("2", written.get("scale"));
        try (Model read = Model.load(file)) {
            assertEquals(Set.of("scale", "onnx.input.0", "onnx.output.0"), read.metadata().keySet());
            assertEquals("2", read.metadata().get("scale"));
        }
    }

    @Test
    void whatCannotBeWrittenLeavesTheOldFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.writeString(file, "old");
        try (Model model = Sequential.of(Input.sequence(2), new Passing(0).named("mine"))) {
            String said = assertThrows(FormatException.class, () -> model.save(file)).getMessage();
            assertTrue(said.contains("model.onnx") && said.contains("Passing 'mine' cannot be written as ONNX"), said);
        }
        assertEquals("old", Files.readString(file));
    }

    @Test
    void moreThanAFileHoldsIsRefused() throws IOException {
        OnnxWriter.requireFits("x.onnx", Integer.MAX_VALUE);
        String said = assertThrows(FormatException.class, () -> OnnxWriter.requireFits("x.onnx", 1L << 31))
                .getMessage();
        assertTrue(said.contains("x.onnx") && said.contains("2147483648 bytes") && said.endsWith("save it as .gatun"),
                said);
    }
}
