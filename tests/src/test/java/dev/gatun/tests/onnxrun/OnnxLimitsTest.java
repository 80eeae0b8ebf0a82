package dev.gatun.tests.onnxrun;

import static dev.gatun.tests.onnxrun.TestGraph.attribute;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.Imported;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.formats.onnx.OnnxFormat;
import dev.gatun.layers.model.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that have no end or no room are stopped by a sentence that names the node. */
final class OnnxLimitsTest {

    private static final int FLOAT = 1;
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A loop that adds 1 as long as the graph around it says. */
    private static TestGraph loop(String most) {
        GraphProto body = GraphProto.newBuilder().setName("body").addInput(TestGraph.value("turn", 7))
                .addInput(TestGraph.value("on", 9)).addInput(TestGraph.value("sum", FLOAT))
                .addNode(NodeProto.newBuilder().setOpType("Add").addInput("sum").addInput("one").addOutput("next"))
                .addOutput(TestGraph.value("on", 9)).addOutput(TestGraph.value("next", FLOAT)).build();
        return new TestGraph(17).input("m", 7).input("x", FLOAT).floats("one", List.of(), 1)
                .node("Loop", List.of(most, "", "x"), List.of("y"), attribute("body", body)).output("y");
    }

    private static final OnnxArray ZERO = OnnxArray.floats(new float[1]);

    @Test
    void aLoopThatNeverEndsIsStopped() throws IOException {
        OnnxRunner endless = loop("").open();
        OnnxRunner counted = loop("m").open();
        OnnxArray far = OnnxArray.longs(new long[] {Long.MAX_VALUE});
        for (OnnxRunner runner : List.of(endless, counted)) {
            String told = assertTimeoutPreemptively(SOON, () -> assertThrows(IllegalStateException.class,
                    () -> runner.run(Map.of("x", ZERO, "m", far)))).getMessage();
            assertTrue(told.contains("Loop 'Loop0'") && told.contains("131072 turns"), told);
        }
        OnnxArray some = OnnxArray.longs(new long[] {70_000});
        assertArrayEquals(new float[] {70_000}, counted.run(Map.of("x", ZERO, "m", some)).get("y").toFloats());
    }

    @Test
    void anInterruptEndsARun() throws Exception {
        OnnxRunner runner = new TestGraph(17).input("x", FLOAT, -1, -1).node("MatMul", List.of("x", "x"), List.of("y"))
                .node("Exp", List.of("y"), List.of("z")).output("z").open();
        OnnxArray x = OnnxArray.floats(new float[64 * 64], 64, 64);
        Thread.currentThread().interrupt();
        try {
            String told = assertThrows(IllegalStateException.class, () -> runner.run(Map.of("x", x))).getMessage();
            assertTrue(told.contains("MatMul 'MatMul0'") && told.contains("interrupted"), told);
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertEquals(64 * 64, runner.run(Map.of("x", x)).get("z").count());
    }

    /** Left out where nothing is optional, of the wrong rank or type: the node is named, whatever went wrong in it. */
    @Test
    void whateverANodeDoesNotTakeNamesIt() throws IOException {
        said(new TestGraph(17).input("x", FLOAT, 2).node("Concat", List.of("x", ""), List.of("y"),
                attribute("axis", 0L)).output("y"), "Concat 'Concat0'");
        said(new TestGraph(17).input("x", FLOAT, 2).node("MatMul", List.of("", "x"), List.of("y")).output("y"),
                "MatMul 'MatMul0': its input 0 is left out");
        said(new TestGraph(17).input("x", FLOAT, 2).node("Scan", List.of("", "x"), List.of("y"),
                attribute("num_scan_inputs", 1L),
                attribute("body", GraphProto.newBuilder().setName("b").addInput(TestGraph.value("a", FLOAT))
                        .addInput(TestGraph.value("i", FLOAT)).addOutput(TestGraph.value("a", FLOAT)).build()))
                .output("y"), "Scan 'Scan0'");
        said(new TestGraph(17).input("x", FLOAT, 2).node("GlobalMaxPool", List.of("x"), List.of("y")).output("y"),
                "GlobalMaxPool 'GlobalMaxPool0'");
    }

    private static void said(TestGraph graph, String node) throws IOException {
        OnnxRunner runner = graph.open();
        String told = assertThrows(IllegalArgumentException.class,
                () -> runner.run(Map.of("x", OnnxArray.floats(new float[2], 2)))).getMessage();
        assertTrue(told.startsWith(node), told);
    }

    /** As sums, of which each is made of the two before it, values can be read in 2 to the 8th ways, and functions of them in more. */
    @Test
    void sumsThatShareWhatTheyAreMadeOfAreReadInTime() throws IOException {
        TestGraph graph = new TestGraph(17).input("x", FLOAT, -1, 8).node("Tanh", List.of("x"), List.of("a1"))
                .node("Sigmoid", List.of("x"), List.of("a0"));
        int last = 400;
        for (int i = 2; i <= last; i++) {
            graph.node("Add", List.of("a" + (i - 2), "a" + (i - 1)), List.of("a" + i))
                    .node("Sigmoid", List.of("a" + i), List.of("s" + i))
                    .node("Tanh", List.of("a" + i), List.of("t" + i))
                    .node("Mul", List.of("s" + i, "t" + i), List.of("m" + i))
                    .node("Tanh", List.of("m" + i), List.of("u" + i))
                    .node("Mul", List.of("s" + i, "u" + i), List.of("h" + i))
                    .node("Add", List.of(i == 2 ? "x" : "y" + (i - 1), "h" + i), List.of("y" + i));
        }
        byte[] bytes = graph.output("y" + last).bytes();
        assertTimeoutPreemptively(SOON, () -> assertTrue(layers(bytes) > last));
    }

    /** Numbers of a file that are read again and again: it is opened in time, and computes the rest when it runs. */
    @Test
    void numbersThatAreReadAgainAndAgainAreFoldedWithinBounds() throws IOException {
        TestGraph graph = new TestGraph(13).input("x", FLOAT, -1, 8).longs("n", 1 << 21)
                .node("ConstantOfShape", List.of("n"), List.of("c"));
        int last = 20_000;
        for (int i = 0; i < last; i++) {
            graph.node("ArgMax", List.of("c"), List.of("r" + i), attribute("axis", 0L), attribute("keepdims", 0L));
        }
        byte[] bytes = graph.node("Relu", List.of("x"), List.of("y")).output("y").bytes();
        assertTimeoutPreemptively(SOON, () -> TestGraph.open(bytes));
        assertTimeoutPreemptively(SOON, () -> assertEquals(2, layers(bytes)));
    }

    @Test
    void whatIsNearlyAGeluIsNone() throws IOException {
        for (float root : new float[] {1.4142135f, 1.4135f}) {
            byte[] bytes = new TestGraph(17).input("x", FLOAT, -1, 8).floats("root", List.of(), root)
                    .floats("one", List.of(), 1).floats("half", List.of(), 0.5f)
                    .node("Div", List.of("x", "root"), List.of("d")).node("Erf", List.of("d"), List.of("e"))
                    .node("Add", List.of("e", "one"), List.of("s")).node("Mul", List.of("x", "s"), List.of("p"))
                    .node("Mul", List.of("p", "half"), List.of("y")).output("y").bytes();
            if (root == 1.4142135f) {
                assertEquals(2, layers(bytes));
            } else {
                assertTrue(assertThrows(FormatException.class, () -> layers(bytes)).getMessage().contains("Erf"));
            }
        }
    }

    /** Of a policy that keeps the proportions, sizes are only the largest that may be made. */
    @Test
    void sizesThatKeepProportionsRepeatNoSteps() throws IOException {
        byte[] bytes = new TestGraph(18).input("x", FLOAT, 1, 2, 4).longs("sizes", 1, 2, 8)
                .node("Resize", List.of("x", "", "", "sizes"), List.of("y"),
                        attribute("keep_aspect_ratio_policy", "not_larger"))
                .output("y").bytes();
        assertTrue(assertThrows(FormatException.class, () -> layers(bytes)).getMessage().contains("Resize"));
    }

    private static int layers(byte[] bytes) throws IOException {
        try (ModelSource source = ModelSource.of(new ByteArrayInputStream(bytes));
                Imported read = new OnnxFormat().read(source)) {
            return read.model().graph().layers().size();
        }
    }

    /** Sizes that constants ask for when the file is opened, and inputs when it runs. */
    @Test
    void absurdSizesNameTheNode() throws IOException {
        long huge = 1L << 40;
        TestGraph[] constant = {
            new TestGraph(17).longs("n", huge).node("HannWindow", List.of("n"), List.of("y")).output("y"),
            new TestGraph(17).longs("n", huge).longs("l", 16).longs("r", 16000).floats("f", List.of(), 0)
                    .node("MelWeightMatrix", List.of("n", "l", "r", "f", "f"), List.of("y")).output("y"),
            new TestGraph(17).floats("x", List.of(1L, 1L, 2L), 1, 2).floats("s", List.of(3L), 1, 1, 1e12f)
                    .node("Resize", List.of("x", "", "s"), List.of("y")).output("y"),
            new TestGraph(18).floats("x", List.of(2L), 1, 2).longs("n", huge)
                    .node("CenterCropPad", List.of("x", "n"), List.of("y")).output("y")};
        for (TestGraph graph : constant) {
            String told = assertTimeoutPreemptively(SOON, () -> assertThrows(FormatException.class, graph::open))
                    .getMessage();
            assertTrue(told.contains("0'"), told);
        }
        OnnxRunner stretched = new TestGraph(17).input("x", FLOAT, -1).input("n", 7, -1)
                .node("Expand", List.of("x", "n"), List.of("y")).output("y").open();
        String told = assertThrows(IllegalArgumentException.class, () -> stretched.run(
                Map.of("x", OnnxArray.floats(new float[1], 1), "n", OnnxArray.longs(new long[] {huge}, 1))))
                .getMessage();
        assertTrue(told.startsWith("Expand 'Expand0'"), told);
    }
}
