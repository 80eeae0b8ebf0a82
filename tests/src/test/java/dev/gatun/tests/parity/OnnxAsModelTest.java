package dev.gatun.tests.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.gatun.formats.Imported;
import dev.gatun.formats.ImportReport;
import dev.gatun.formats.keras.KerasFormat;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a graph is good for once it is a model: it is made of few layers, runs step by step, and learns. */
final class OnnxAsModelTest {

    @TempDir
    Path folder;

    private static Path file(String name) {
        try {
            return Path.of(OnnxAsModelTest.class.getResource("/onnx/mapping/" + name + ".onnx").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> kinds(Model model) {
        return model.graph().layers().stream().map(layer -> layer.layer().kind()).toList();
    }

    @Test
    void whatMovesNumbersIsNoLayer() throws IOException {
        try (Model rows = OnnxFormat.of(file("steps_as_rows")).model();
                Model states = OnnxFormat.of(file("learned_states")).model()) {
            assertEquals(List.of("InputLayer", "LSTM", "Dense"), kinds(rows));
            assertEquals(4, kinds(states).stream().filter("ConstantState"::equals).count());
            assertEquals(1, kinds(states).stream().filter("Bidirectional"::equals).count());
            assertTrue(kinds(states).stream().noneMatch("Permute"::equals), kinds(states).toString());
        }
    }

    /** The steps of a cell one after the other, as exporters of PyTorch and Keras write loops. */
    @Test
    void whatIsWrittenOutStepByStepIsALayer() throws IOException {
        Map<String, List<String>> expected = Map.of("steps_written_out_lstm", List.of("LSTM"),
                "steps_written_out_gru", List.of("GRU"),
                "steps_written_out_both_ways", List.of("SimpleRNN", "SimpleRNN", "Slicing", "Concatenate"),
                "steps_written_out_stacked", List.of("LSTM", "LSTM"), "steps_written_out_backwards", List.of("GRU"));
        for (Map.Entry<String, List<String>> one : expected.entrySet()) {
            try (Imported read = OnnxFormat.of(file(one.getKey()))) {
                List<String> kinds = kinds(read.model());
                assertEquals(one.getValue(), kinds.subList(1, kinds.size()), one.getKey());
                assertTrue(read.report().toString().contains("are written out one by one, and one "), one.getKey());
            }
        }
    }

    @Test
    void loopsWhoseBodyIsACellAreLayers() throws IOException {
        Map<String, List<String>> expected = Map.of("scan_of_an_lstm", List.of("LSTM", "Slicing"),
                "scan_of_a_gru", List.of("GRU"), "scan_along_another_axis", List.of("LSTM"),
                "loop_of_an_lstm", List.of("LSTM"));
        for (Map.Entry<String, List<String>> one : expected.entrySet()) {
            try (Model model = OnnxFormat.of(file(one.getKey())).model()) {
                List<String> kinds = kinds(model);
                assertEquals(one.getValue(), kinds.subList(1, kinds.size()), one.getKey());
            }
        }
    }

    /** A loop that adds something to what an LSTM gives, one whose gates share a softmax, a table of pairs, and a value that meets its own transpose. */
    @Test
    void whatOnlyLooksLikeThatIsRefused() throws URISyntaxException {
        Map<String, String> refused = Map.of(
                "scan_that_adds", "Scan 'hT' is a loop whose body is no LSTM, GRU or RNN of one sequence",
                "scan_of_softmax", "Scan 'hT' is a loop whose body is no LSTM, GRU or RNN of one sequence",
                "table_of_pairs", "Sub 'd' meets itself along another axis",
                "minus_its_transpose", "Sub 'd' meets a value along another axis than the one that both have");
        for (Map.Entry<String, String> one : refused.entrySet()) {
            Path path = Path.of(OnnxAsModelTest.class.getResource("/onnx/no-model/" + one.getKey() + ".onnx").toURI());
            OnnxModelCases.refuse(path, one.getValue());
        }
    }

    /** They are written as a Scan, for which there is no operator with a mask. */
    @Test
    void maskedLayersThatGatunWritesComeBackWithTheSameBits() throws IOException {
        List<RecurrentLayer<?>> layers = List.of(Lstm.units(5).returnSequences(true), Lstm.units(5).useBias(false),
                Lstm.units(5).goBackwards(true).returnSequences(true).zeroOutputForMask(true),
                Lstm.units(5).activation("softsign").outputActivation(ActivationFunction.RELU),
                Gru.units(5).returnSequences(true), Gru.units(5).resetAfter(false).zeroOutputForMask(true),
                SimpleRnn.units(5).returnSequences(true).goBackwards(true), SimpleRnn.units(5));
        float[] numbers = new float[3 * 6 * 3];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.sin(1.7 * i);
        }
        List<Tensor> given = List.of(Tensor.of(numbers, 3, 6, 3),
                Tensor.ofInts(new int[] {0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0}, 3, 6));
        for (RecurrentLayer<?> layer : layers) {
            Input x = Input.sequence(3).named("x");
            Input mask = Input.mask(-1).named("mask");
            Path file = folder.resolve("masked.onnx");
            try (Model model = Model.of(List.of(x, mask), List.of(
                    layer.named("layer").call(new CallArguments<>(List.of(x), List.of(), mask)).output(0)))) {
                model.weights().stream().filter(weight -> weight.name().endsWith("bias")).forEach(this::fill);
                model.save(file);
                try (Model read = OnnxFormat.of(file).model()) {
                    assertTrue(kinds(read).contains(layer.kind()), kinds(read).toString());
                    assertEquals(model.inputShapes(), read.inputShapes());
                    assertArrayEquals(model.predict(given).getFirst().toArray(),
                            read.predict(given).getFirst().toArray(), layer.toString());
                }
            }
        }
    }

    private void fill(Weight weight) {
        float[] numbers = weight.get().toArray();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Math.cos(i);
        }
        weight.set(Tensor.of(numbers, weight.shape().toArray()));
    }

    @Test
    void itRunsStepByStepWithTheSameBits() throws IOException {
        try (Model model = OnnxFormat.of(file("steps_as_rows")).model(); ModelStream stream = model.stream()) {
            float[] x = new float[7 * 3];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.sin(i);
            }
            float[] whole = model.predict(Tensor.of(x, 1, 7, 3)).toArray();
            float[] step = new float[2];
            for (int t = 0; t < 7; t++) {
                stream.step(MemorySegment.ofArray(Arrays.copyOfRange(x, 3 * t, 3 * t + 3)),
                        MemorySegment.ofArray(step));
                assertArrayEquals(Arrays.copyOfRange(whole, 2 * t, 2 * t + 2), step, "step " + t);
            }
        }
    }

    @Test
    void itLearns() throws IOException {
        try (Model model = OnnxFormat.of(file("steps_as_rows")).model()) {
            float[] before = model.weights().getFirst().get().toArray();
            Tensor x = Tensor.of(new float[4 * 7 * 3], 4, 7, 3);
            float[] y = new float[4 * 7 * 2];
            Arrays.fill(y, 0.5f);
            Trainer.of(model).optimizer(Adam.rate(1e-2)).loss(Loss.MSE).epochs(1).batchSize(2)
                    .fit(x, Tensor.of(y, 4, 7, 2));
            assertNotEquals(Arrays.toString(before), Arrays.toString(model.weights().getLast().get().toArray()));
        }
    }

    @Test
    void theReportSaysWhatBecameOfAxesAndNodes() throws IOException {
        try (Imported read = OnnxFormat.of(file("lstm_everything"))) {
            ImportReport report = read.report();
            String text = report.toString();
            assertTrue(text.contains("input 'x' [T, N, 3] of FLOAT32 is x (None, None, 3) here"), text);
            assertTrue(text.contains("input 'lens' [N] of INT32 is lens (None, None) here, a mask"), text);
            assertTrue(text.contains("clip cuts the sums before the gates' activations and nothing else"), text);
            assertTrue(report.layers().stream().anyMatch(layer -> layer.kind().equals("Bidirectional")
                    && layer.weights().stream().anyMatch(line -> line.contains("<- LSTM 'Y'"))), text);
            assertEquals(List.of(1, 0, 2), OnnxAxes.of(read.model()).orElseThrow().inputs().getFirst().axes());
        }
    }

    @Test
    void theContentDecidesAndNotTheName() throws IOException {
        for (String name : List.of("model.keras", "model.gatun", "model", "model.h5")) {
            Path copy = Files.copy(file("steps_as_rows"), folder.resolve(name));
            try (Model model = Model.load(copy)) {
                assertEquals(List.of("InputLayer", "LSTM", "Dense"), kinds(model));
            }
        }
    }

    /** Files may leave it out who made them. */
    @Test
    void whoMadeItNeedNotBeSaid() throws IOException {
        byte[] whole = Files.readAllBytes(file("steps_as_rows"));
        ModelProto made = ModelProto.parseFrom(whole).toBuilder().clearProducerName().clearProducerVersion().build();
        for (String name : List.of("anonymous.keras", "anonymous.onnx")) {
            Path copy = Files.write(folder.resolve(name), made.toByteArray());
            try (ModelSource source = ModelSource.of(copy)) {
                assertFalse(new KerasFormat().recognises(source));
                assertTrue(new OnnxFormat().recognises(source));
            }
            try (Model model = Model.load(copy)) {
                assertEquals(List.of("InputLayer", "LSTM", "Dense"), kinds(model));
            }
        }
    }

    /** What no output needs the model does not take; the graph's own names still go with it. */
    @Test
    void anInputThatLeadsToNoOutputIsLeftOutAndSaid() throws IOException {
        for (boolean hasBatch : new boolean[] {true, false}) {
            Path copy = Files.write(folder.resolve(hasBatch + ".onnx"), withInput(hasBatch).toByteArray());
            try (Imported read = OnnxFormat.of(copy); Model plain = OnnxFormat.of(file("steps_as_rows")).model()) {
                String text = read.report().toString();
                assertTrue(text.contains("input 'more' " + (hasBatch ? "[N, 4]" : "[]")
                        + " leads to no output, and the model does not take it"), text);
                assertEquals(plain.inputNames(), read.model().inputNames());
                String x = plain.inputNames().getFirst();
                Tensor steps = Tensor.of(new float[21], 1, 7, 3);
                assertArrayEquals(plain.predict(steps).toArray(),
                        OnnxAxes.of(read.model()).orElseThrow()
                                .predict(read.model(), Map.of(x, steps, "more", Tensor.of(new float[4], 1, 4)))
                                .values().iterator().next().toArray());
            }
        }
    }

    /** One more input: [N, 4], or a single number. */
    private static ModelProto withInput(boolean hasBatch) throws IOException {
        ModelProto.Builder made = ModelProto.parseFrom(Files.readAllBytes(file("steps_as_rows"))).toBuilder();
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(1)
                .setShape(TensorShapeProto.getDefaultInstance());
        if (hasBatch) {
            type.getShapeBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
            type.getShapeBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(4));
        }
        made.getGraphBuilder().addInput(ValueInfoProto.newBuilder().setName("more")
                .setType(TypeProto.newBuilder().setTensorType(type)));
        return made.build();
    }
}
