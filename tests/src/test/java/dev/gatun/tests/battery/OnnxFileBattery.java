package dev.gatun.tests.battery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxAxes;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.layers.Layer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelConfig;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.DataType;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.fixture.KeptFiles;
import dev.gatun.tests.fixture.Measure;
import dev.gatun.tests.kernels.Bits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A layer in an ONNX file that is read again: it is the very model. Of the nodes alone, as a model it takes and makes the same,
 * in the same order of axes; else the runner computes the same.
 */
abstract class OnnxFileBattery extends OnnxBattery {

    /** For {@code tests/python/check_onnx.py}. */
    private static final KeptFiles KEPT = KeptFiles.of("gatun.onnx.out");

    private static final Set<String> SAME_BITS = Set.of("LSTM", "GRU", "SimpleRNN", "Dense");

    /** Activations of which there is no operator: they come back as what they are made of. */
    private static final Set<String> MADE_OF_PARTS = Set.of("tanh_shrink", "squareplus", "mish");
    private static final double AS_A_MODEL = 1e-6;
    private static final double AS_IT_STANDS = 1e-5;

    @ParameterizedTest
    @MethodSource("instances")
    void itsOnnxFileGivesItBackOrIsRefused(Instance instance, @TempDir Path folder) throws IOException {
        if (isOwnCell(instance.layer().config().get("cell"))) {
            return;
        }
        for (boolean anyTime : new boolean[] {false, true}) {
            Path file = folder.resolve(anyTime + ".onnx");
            try (Model model = model(instance, anyTime)) {
                model.save(file);
                keep(instance + (anyTime ? ", any time" : ""), model, file, inputs(instance, 3));
                itIsTheVeryModel(instance, model, file, inputs(instance, 3));
                compare(instance, model, nodesAlone(file), inputs(instance, 3));
            }
        }
    }

    /** The same with a mask, which is an input of the file. */
    @ParameterizedTest
    @MethodSource("instances")
    void itsOnnxFileWithAMaskGivesItBackOrIsRefused(Instance instance, @TempDir Path folder) throws IOException {
        if (!isMasked(instance)) {
            return;
        }
        Path file = folder.resolve("masked.onnx");
        try (Model model = masked(instance)) {
            model.save(file);
            List<Tensor> inputs = new ArrayList<>(inputs(instance, 6));
            inputs.add(mask(instance, 6));
            keep(instance + ", masked", model, file, inputs);
            itIsTheVeryModel(instance, model, file, inputs);
            compare(instance, model, nodesAlone(file), inputs);
        }
    }

    /** By the configuration in the file: every layer, weight and output, bit by bit. Of one's own layers there is none. */
    private static void itIsTheVeryModel(Instance instance, Model model, Path file, List<Tensor> inputs)
            throws IOException {
        Layer layer = instance.layer() instanceof TimeDistributed each ? each.layer() : instance.layer();
        if (!BuiltInTypes.ALL.isGiven(layer.kind())) {
            return;
        }
        try (Imported imported = OnnxFormat.of(file)) {
            Model read = imported.model();
            assertTrue(imported.report().notes().getFirst().startsWith("written by Gatun: its configuration"),
                    imported.report().toString());
            assertEquals(ModelConfig.toMap(model.graph()), ModelConfig.toMap(read.graph()));
            for (Weight weight : model.weights()) {
                Bits.same(read.weight(weight.name()).get().toArray(), weight.get().toArray(), weight.name());
            }
            Map<String, Tensor> graph = new HashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                graph.put(model.inputNames().get(i), inputs.get(i));
            }
            List<Tensor> expected = model.predict(inputs);
            List<Tensor> moved = List.copyOf(OnnxAxes.of(read).orElseThrow().predict(read, graph).values());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i).shape(), moved.get(i).shape(), "output " + i);
                Bits.same(floats(moved.get(i)), floats(expected.get(i)), "output " + i);
            }
        }
    }

    /** The file as another writer of the same nodes would have made it. */
    private static Path nodesAlone(Path file) throws IOException {
        Path alone = file.resolveSibling("nodes_alone.onnx");
        Files.write(alone, ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder().clearMetadataProps().build()
                .toByteArray());
        return alone;
    }

    private static void keep(String what, Model model, Path file, List<Tensor> inputs) throws IOException {
        KEPT.keep(what, file, inputs, model.predict(inputs));
    }

    private static void compare(Instance instance, Model model, Path file, List<Tensor> inputs) throws IOException {
        List<Tensor> expected = model.predict(inputs);
        Model read;
        try {
            read = OnnxFormat.of(file).model();
        } catch (FormatException refused) {
            assertTrue(refused.getMessage().endsWith("; OnnxRunner runs it as it stands"), refused.getMessage());
            runs(model, OnnxRunner.open(file), inputs, expected);
            return;
        }
        try (read) {
            boolean sameBits = SAME_BITS.contains(instance.layer().kind())
                    && !MADE_OF_PARTS.contains(String.valueOf(instance.layer().config().get("activation")));
            Map<String, Tensor> graph = new HashMap<>();
            List<Tensor> taken = new ArrayList<>();
            // What leads to no output of the file is none of its inputs: a mask that the layer ignores, a side that is not chosen.
            for (int i = 0; i < inputs.size(); i++) {
                graph.put(model.inputNames().get(i), inputs.get(i));
                if (read.inputNames().contains(model.inputNames().get(i))) {
                    assertEquals(model.inputShapes().get(i), read.inputShapes().get(taken.size()));
                    taken.add(inputs.get(i));
                }
            }
            List<Tensor> got = read.predict(taken);
            List<Tensor> moved = List.copyOf(OnnxAxes.of(read).orElseThrow().predict(read, graph).values());
            assertEquals(expected.size(), got.size());
            for (int i = 0; i < expected.size(); i++) {
                assertEquals(expected.get(i).shape(), got.get(i).shape(), "output " + i);
                assertEquals(expected.get(i).shape(), moved.get(i).shape(), "output " + i + " as ONNX has it");
                Bits.same(floats(moved.get(i)), floats(got.get(i)), "output " + i + " as ONNX has it");
                if (sameBits) {
                    Bits.same(floats(got.get(i)), floats(expected.get(i)), "output " + i);
                } else {
                    Measure.within(AS_A_MODEL, "output " + i, floats(got.get(i)), doubles(floats(expected.get(i))));
                }
            }
        }
    }

    private static void runs(Model model, OnnxRunner runner, List<Tensor> inputs, List<Tensor> expected) {
        Map<String, OnnxArray> given = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            OnnxArray array = OnnxArray.floats(floats(inputs.get(i)), sizes(inputs.get(i)));
            given.put(model.inputNames().get(i), array.as(runner.inputs().get(i).type().orElseThrow()));
        }
        List<OnnxArray> got = List.copyOf(runner.run(given).values());
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).shape(), got.get(i).shape(), "output " + i);
            Measure.within(AS_IT_STANDS, "output " + i, got.get(i).toFloats(), doubles(floats(expected.get(i))));
        }
    }

    private static int[] sizes(Tensor tensor) {
        return LongStream.of(tensor.shape().toArray()).mapToInt(Math::toIntExact).toArray();
    }

    private static float[] floats(Tensor tensor) {
        if (tensor.type() != DataType.INT32) {
            return tensor.toArray();
        }
        int[] whole = tensor.toIntArray();
        float[] floats = new float[whole.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = whole[i];
        }
        return floats;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
