package dev.gatun.tests.onnxrun;

import static dev.gatun.tests.onnxrun.TestGraph.attribute;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.tensors.NumberType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files that are not sound or need what there is not, and of inputs that do not fit. */
final class OnnxRefusalsTest {

    private static final int FLOAT = 1;

    @TempDir
    Path folder;

    private static TestGraph relu(int opset) {
        return new TestGraph(opset).input("x", FLOAT, -1, 2).node("Relu", List.of("x"), List.of("y")).output("y");
    }

    private static String refused(TestGraph graph) {
        return assertThrows(FormatException.class, graph::open).getMessage();
    }

    private static void refused(TestGraph graph, String... said) {
        String told = refused(graph);
        for (String part : said) {
            assertTrue(told.contains(part), told);
        }
    }

    @Test
    void versionsOfOperatorsAndOfTheFormatThatAreNotKnown() throws IOException {
        for (int opset : new int[] {7, 13, 23}) {
            relu(opset).open();
        }
        refused(relu(6), "of version 6", "7 to 23");
        refused(relu(24), "of version 24", "7 to 23");
        TestGraph format = relu(17);
        format.model.setIrVersion(99);
        refused(format, "version 99");
        TestGraph silent = relu(17);
        silent.model.clearOpsetImport();
        refused(silent, "opset_import");
    }

    @Test
    void whatManyNodesHaveInCommonIsSaidOnce() {
        TestGraph graph = relu(17);
        for (int i = 0; i < 20; i++) {
            graph.node("QuantizeLinear", List.of("x", "x"), List.of("q" + i));
        }
        graph.node("RandomNormal", List.of(), List.of("r"));
        String said = refused(graph);
        assertEquals(2, said.split("no such operator here", -1).length - 1, said);
        assertTrue(
                said.contains("QuantizeLinear 'QuantizeLinear1' and 19 others (no such operator here); RandomNormal"),
                said);
    }

    @Test
    void allNodesThatCannotRunAreNamedInOneMessage() {
        refused(relu(17).node("QuantizeLinear", List.of("x", "x"), List.of("q"))
                .node("RandomNormal", List.of(), List.of("r"))
                .node("Gelu", List.of("x"), List.of("g"))
                .node("Softmax", List.of("x"), List.of("s"), attribute("beta", 2L))
                .node("Add", List.of("x"), List.of("a")),
                "QuantizeLinear 'QuantizeLinear1'", "RandomNormal 'RandomNormal2'", "Gelu 'Gelu3'", "version 17",
                "'beta'", "it has 1 inputs, expected 2");
    }

    @Test
    void nodesWithinGraphsWithinNodesAsWell() {
        GraphProto branch = GraphProto.newBuilder().setName("b").addNode(NodeProto.newBuilder().setOpType("StringSplit")
                .setName("deep").addInput("x").addOutput("z")).addOutput(TestGraph.value("z", FLOAT)).build();
        refused(new TestGraph(17).input("x", FLOAT, 2).input("c", 9).node("If", List.of("c"), List.of("y"),
                attribute("then_branch", branch), attribute("else_branch", branch)).output("y"), "StringSplit 'deep'");
    }

    @Test
    void functionsThatAreUsedAndNoOthers() throws IOException {
        TestGraph graph = relu(17);
        graph.model.addFunctions(FunctionProto.newBuilder().setName("F").setDomain("own"));
        graph.open();
        graph.graph.addNode(NodeProto.newBuilder().setOpType("F").setDomain("own").addInput("x").addOutput("z"));
        refused(graph, "'own.F'", "inlined");
    }

    @Test
    void tensorsThatAreNotNumbersOrHaveOthersThanTheirShape() {
        TestGraph strings = relu(17);
        strings.graph.addInitializer(TensorProto.newBuilder().setName("s").setDataType(8).addDims(0));
        refused(strings, "'s' holds strings");
        TestGraph eighths = relu(17);
        eighths.graph.addInitializer(TensorProto.newBuilder().setName("s").setDataType(17).addDims(0));
        refused(eighths, "ONNX's type 17");
        refused(relu(17).floats("w", List.of(2L, 3L), 1, 2, 3), "'w'", "[2, 3] has 3 numbers, expected 6");
        refused(relu(17).floats("w", List.of(-2L, 3L), 1, 2, 3), "[-2, 3]");
        refused(relu(17).floats("w", List.of(1L << 31, 1L << 31)), "expected sizes from 0");
        TestGraph sparse = relu(17);
        sparse.graph.addSparseInitializer(
                SparseTensorProto.newBuilder().setValues(TensorProto.newBuilder().setName("few")));
        refused(sparse, "'few' is sparse");
    }

    @Test
    void namesThatAreThereTwiceAndValuesThatAreMissing() {
        refused(relu(17).floats("w", List.of(1L), 1).floats("w", List.of(1L), 1), "two initializers", "'w'");
        refused(relu(17).input("x", FLOAT, 2), "two inputs", "'x'");
        refused(relu(17).node("Tanh", List.of("x"), List.of("y")), "Tanh 'Tanh1'", "'y'", "something else makes");
        refused(relu(17).node("Tanh", List.of("nowhere"), List.of("z")), "Tanh 'Tanh1'", "'nowhere'");
        refused(relu(17).output("nothing"), "'nothing'");
        refused(relu(17).node("Add", List.of("x", "b"), List.of("a")).node("Tanh", List.of("a"), List.of("b")),
                "'Add1'", "cycle");
    }

    @Test
    void nodesInAnyOrderRun() throws IOException {
        OnnxRunner runner = new TestGraph(17).input("x", FLOAT, 1).node("Neg", List.of("a"), List.of("y"))
                .node("Add", List.of("x", "x"), List.of("a")).output("y").open();
        assertArrayEquals(new float[] {-6}, runner.run(Map.of("x", OnnxArray.floats(new float[] {3}, 1))).get("y")
                .toFloats());
    }

    @Test
    void recurrentNodesWhoseWeightsDoNotFit() {
        TestGraph graph = new TestGraph(17).input("x", FLOAT, -1, -1, 2).floats("w", List.of(1L, 4L, 2L), new float[8])
                .floats("r", List.of(1L, 4L, 2L), new float[8]);
        refused(graph.node("LSTM", List.of("x", "w", "r"), List.of("y"), attribute("hidden_size", 1L)).output("y"),
                "LSTM 'LSTM0'", "its R is FLOAT32 [1, 4, 2]", "[1, 4, 1]");
        refused(relu(17).node("GRU", List.of("x", "x", "x"), List.of("h"), attribute("direction", "sideways")),
                "'sideways'");
        refused(relu(17).node("RNN", List.of("x", "x", "x"), List.of("h"), attribute("activations", List.of("Gelu"))),
                "'Gelu'");
        refused(relu(17).node("RNN", List.of("x", "x", "x"), List.of("h"), attribute("clip", -1f)), "clip");
    }

    @Test
    void graphsWithinGraphsHaveALimit() {
        GraphProto body = GraphProto.newBuilder().setName("b").addOutput(TestGraph.value("x", FLOAT)).build();
        for (int depth = 0; depth < 40; depth++) {
            body = GraphProto.newBuilder().setName("b").addOutput(TestGraph.value("o" + depth, FLOAT))
                    .addNode(NodeProto.newBuilder().setOpType("If").addInput("c").addOutput("o" + depth)
                            .addAttribute(attribute("then_branch", body)))
                    .build();
        }
        refused(new TestGraph(17).input("x", FLOAT, 2).input("c", 9).node("If", List.of("c"), List.of("y"),
                attribute("then_branch", body)).output("y"), "graphs within graphs");
    }

    @Test
    void numbersBesideTheFileAndNowhereElse() throws IOException {
        byte[] numbers = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(2).array();
        Files.createDirectory(folder.resolve("m"));
        Files.createDirectory(folder.resolve("m/sub"));
        Files.write(folder.resolve("outside.bin"), numbers);
        Files.write(folder.resolve("m/w.bin"), numbers);
        Files.write(folder.resolve("m/sub/w.bin"), numbers);
        Files.createSymbolicLink(folder.resolve("m/link.bin"), folder.resolve("outside.bin"));
        for (String place : List.of("w.bin", "sub/w.bin")) {
            OnnxArray made = external(place, 0).run(Map.of()).get("y");
            assertArrayEquals(new float[] {1, 2}, made.toFloats());
        }
        for (String place : List.of("../outside.bin", folder.resolve("outside.bin").toString(), "link.bin",
                "sub/../../outside.bin", "..\\outside.bin", "", "sub")) {
            String told = assertThrows(FormatException.class, () -> external(place, 0)).getMessage();
            assertTrue(told.contains("the tensor 'w' lies in the file"), told);
        }
        assertTrue(assertThrows(FormatException.class, () -> external("w.bin", 4)).getMessage().contains("has 8"));
        assertTrue(assertThrows(FormatException.class, () -> external("none.bin", 0)).getMessage().contains("none"));
        assertTrue(assertThrows(FormatException.class, () -> TestGraph.open(pointing("w.bin", 0))).getMessage()
                .contains("stream"));
    }

    private OnnxRunner external(String place, int offset) throws IOException {
        Path file = folder.resolve("m/model.onnx");
        Files.write(file, pointing(place, offset));
        return OnnxRunner.open(file);
    }

    private static byte[] pointing(String place, int offset) {
        TestGraph graph = new TestGraph(17).node("Identity", List.of("w"), List.of("y")).output("y");
        graph.graph.addInitializer(TensorProto.newBuilder().setName("w").setDataType(FLOAT).addDims(2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue(place))
                .addExternalData(StringStringEntryProto.newBuilder().setKey("offset").setValue("" + offset)));
        return graph.bytes();
    }

    @Test
    void inputsThatDoNotFit() throws IOException {
        OnnxRunner runner = relu(17).open();
        OnnxArray fitting = OnnxArray.floats(new float[] {-1, 2}, 1, 2);
        assertArrayEquals(new float[] {0, 2}, runner.run(Map.of("x", fitting)).get("y").toFloats());
        said(runner, Map.of(), "'x' is missing");
        said(runner, Map.of("x", fitting, "z", fitting), "no input 'z'");
        said(runner, Map.of("x", OnnxArray.longs(new long[] {1, 2}, 1, 2)), "INT64 [1, 2], expected FLOAT32 [n, 2]");
        said(runner, Map.of("x", OnnxArray.floats(new float[3], 1, 3)), "FLOAT32 [1, 3]");
        said(runner, Map.of("x", OnnxArray.floats(new float[2], 2)), "FLOAT32 [2]");
        OnnxRunner adds = new TestGraph(17).input("x", FLOAT, -1).input("z", FLOAT, -1)
                .node("Add", List.of("x", "z"), List.of("y")).output("y").open();
        said(adds, Map.of("x", OnnxArray.floats(new float[2], 2), "z", OnnxArray.floats(new float[3], 3)),
                "Add 'Add0': the shapes [2] and [3] do not fit each other");
    }

    private static void said(OnnxRunner runner, Map<String, OnnxArray> inputs, String part) {
        String told = assertThrows(IllegalArgumentException.class, () -> runner.run(inputs)).getMessage();
        assertTrue(told.contains(part), told);
    }

    @Test
    void anInputWithADefaultMayBeLeftOut() throws IOException {
        OnnxRunner runner = new TestGraph(17).input("x", FLOAT, 2).input("w", FLOAT, 2).floats("w", List.of(2L), 3, 4)
                .node("Mul", List.of("x", "w"), List.of("y")).output("y").open();
        assertEquals(List.of(false, true), runner.inputs().stream().map(input -> input.isOptional()).toList());
        OnnxArray x = OnnxArray.floats(new float[] {1, 2}, 2);
        assertArrayEquals(new float[] {3, 8}, runner.run(Map.of("x", x)).get("y").toFloats());
        assertArrayEquals(new float[] {1, 4}, runner.run(Map.of("x", x, "w", x)).get("y").toFloats());
    }

    @Test
    void whereEnginesDifferIsSaid() throws IOException {
        OnnxRunner runner = new TestGraph(17).input("x", FLOAT, -1, -1, 2).input("n", 6, -1).input("h", FLOAT, 1, -1, 1)
                .floats("w", List.of(1L, 3L, 2L), new float[6]).floats("r", List.of(1L, 3L, 1L), new float[3])
                .node("GRU", List.of("x", "w", "r", "", "n", "h"), List.of("y"), attribute("hidden_size", 1L),
                        attribute("clip", 1f))
                .output("y").open();
        assertEquals(2, runner.notes().size(), runner.notes().toString());
        assertTrue(runner.notes().get(0).startsWith("GRU 'GRU0': clip"), runner.notes().get(0));
        assertTrue(runner.notes().get(1).contains("length 0"), runner.notes().get(1));
    }

    @Test
    void attributesOfAnotherKind() {
        refused(relu(17).node("Cast", List.of("x"), List.of("z"), attribute("to", "FLOAT")), "Cast 'Cast1'", "'to'",
                "a whole number");
        refused(relu(17).node("Cast", List.of("x"), List.of("z"), attribute("to", 8L)), "strings");
        refused(relu(17).node("Cast", List.of("x"), List.of("z"),
                AttributeProto.newBuilder().setName("to").setI(1).build()), "does not say of which kind");
    }

    @Test
    void typesOfArraysChangeIfNoNumberDoes() {
        OnnxArray whole = OnnxArray.longs(new long[] {1, 300}, 2);
        assertEquals(NumberType.INT16, whole.as(NumberType.INT16).type());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> whole.as(NumberType.UINT8)).getMessage()
                .contains("300"));
        assertThrows(IllegalStateException.class, () -> OnnxArray.floats(new float[1], 1).toLongs());
        assertThrows(IllegalArgumentException.class, () -> OnnxArray.floats(new float[1], 2));
    }
}
