package dev.gatun.tests.onnxrun;

import static dev.gatun.tests.onnxrun.TestGraph.attribute;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.OnnxArray;
import dev.gatun.formats.onnx.OnnxPort;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.memory.Shape;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Damaged and hostile files end in one sentence, quickly: none in another exception, none without an end. */
final class OnnxDamageTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int FLOAT = 1;

    /** What may come out: a runner, whose run may be refused in turn, or a refusal. */
    static void survives(byte[] bytes) throws IOException {
        OnnxRunner runner;
        try {
            runner = TestGraph.open(bytes);
        } catch (FormatException told) {
            assertTrue(told.getMessage().length() < 1200 && told.getMessage().startsWith("the stream: "),
                    told.getMessage());
            return;
        }
        try {
            runner.run(inputs(runner));
        } catch (IllegalArgumentException | IllegalStateException told) {
            assertTrue(told.getMessage() != null && !told.getMessage().isBlank());
        }
    }

    private static Map<String, OnnxArray> inputs(OnnxRunner runner) {
        Map<String, OnnxArray> inputs = new HashMap<>();
        for (OnnxPort port : runner.inputs()) {
            long[] dims = port.shape().map(Shape::toArray).orElse(new long[0]);
            int[] shape = Arrays.stream(dims).mapToInt(dim -> dim < 0 || dim > 64 ? 2 : (int) dim).toArray();
            int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            if (count <= 1 << 16) {
                OnnxArray zeros = OnnxArray.longs(new long[count], shape);
                inputs.put(port.name(), port.type().map(zeros::as).orElse(zeros));
            }
        }
        return inputs;
    }

    /** Every byte of graphs of all kinds set to what lengths and counts go wrong at, and every beginning of them. */
    @Test
    void anyByteMayBeAnother() throws IOException {
        int graphs = 0;
        for (JsonNode one : OnnxOperatorsTest.cases("/onnx/graphs.json")) {
            String name = one.get("name").asText();
            if (!List.of("LSTM_peep", "GRU_lbr_clip", "Loop_condition", "Scan_axes", "If_nested").contains(name)) {
                continue;
            }
            graphs++;
            byte[] whole = Base64.getDecoder().decode(one.get("model").asText());
            for (int at = 0; at < whole.length; at++) {
                byte[] cut = Arrays.copyOf(whole, at);
                assertTimeoutPreemptively(SOON, () -> survives(cut), () -> name + " cut at " + cut.length);
                for (int value : new int[] {0, 0x7F, 0xFF}) {
                    byte[] changed = whole.clone();
                    changed[at] = (byte) value;
                    int place = at;
                    assertTimeoutPreemptively(SOON, () -> survives(changed),
                            () -> name + " with " + value + " at " + place);
                }
            }
        }
        assertTrue(graphs == 5, graphs + " graphs");
    }

    /** Of a few bytes each: shapes, counts and loops that no machine has room or time for. */
    @Test
    void absurdSizesAreRefusedOrWait() throws IOException {
        long huge = 1L << 40;
        TestGraph[] graphs = {
            made("ConstantOfShape", new long[] {1 << 20, 1 << 20}),
            made("ConstantOfShape", new long[] {huge}),
            made("ConstantOfShape", new long[] {1 << 28}),
            made("ConstantOfShape", new long[] {-1, 3}),
            new TestGraph(17).floats("x", List.of(1L), 1).longs("n", 1 << 30, 1 << 30)
                    .node("Expand", List.of("x", "n"), List.of("y")).output("y"),
            new TestGraph(17).floats("x", List.of(1L), 1).longs("n", huge)
                    .node("Tile", List.of("x", "n"), List.of("y")).output("y"),
            new TestGraph(17).floats("x", List.of(1L), 1).longs("n", huge, huge)
                    .node("Pad", List.of("x", "n"), List.of("y")).output("y"),
            new TestGraph(17).longs("n", 0).longs("m", Long.MAX_VALUE).longs("d", 1)
                    .node("Range", List.of("n", "m", "d"), List.of("y")).output("y"),
            new TestGraph(17).longs("i", 0).longs("d", Integer.MAX_VALUE).longs("v", 0, 1)
                    .node("OneHot", List.of("i", "d", "v"), List.of("y")).output("y"),
            wide("Einsum", attribute("equation", "a,b,c,d->")),
            wide("MatMul"),
            new TestGraph(17).floats("x", List.of(1L, 1L, 2L), 1, 2).floats("w", List.of(1L, 1L, 2L), 1, 2)
                    .node("Conv", List.of("x", "w"), List.of("y"),
                            attribute("auto_pad", "SAME_UPPER"))
                    .output("y")};
        for (TestGraph graph : graphs) {
            byte[] bytes = graph.bytes();
            assertTimeoutPreemptively(SOON, () -> {
                try {
                    TestGraph.open(bytes);
                } catch (FormatException told) {
                    assertTrue(told.getMessage().contains("'"), told.getMessage());
                }
            });
        }
    }

    private static TestGraph made(String operator, long[] shape) {
        return new TestGraph(17).longs("n", shape).node(operator, List.of("n"), List.of("y")).output("y");
    }

    /** Of constants that are quick to make and not to multiply. */
    private static TestGraph wide(String operator, AttributeProto... attributes) {
        boolean isProduct = operator.equals("MatMul");
        TestGraph graph = new TestGraph(17).longs("n", isProduct ? new long[] {1500, 1500} : new long[] {1500})
                .node("ConstantOfShape", List.of("n"), List.of("v"));
        return graph
                .node(operator, isProduct ? List.of("v", "v") : List.of("v", "v", "v", "v"), List.of("y"), attributes)
                .output("y");
    }

    /** Many small graphs within a large one: what is known is not copied for each. */
    @Test
    void manyGraphsWithinOne() throws IOException {
        TestGraph graph = new TestGraph(17).input("c", 9).input("x", FLOAT, 1);
        GraphProto branch = GraphProto.newBuilder().setName("b")
                .addOutput(TestGraph.value("x", FLOAT)).build();
        for (int i = 0; i < 10_000; i++) {
            graph.node("If", List.of("c"), List.of("y" + i), attribute("then_branch", branch),
                    attribute("else_branch", branch));
        }
        byte[] bytes = graph.output("y9").bytes();
        assertTimeoutPreemptively(SOON, () -> TestGraph.open(bytes));
    }

    @Test
    void millionsOfEmptyMessages() {
        byte[] start = {8, 8, 66, 2, 16, 17, 58};
        int count = 4_000_000;
        byte[] bytes = Arrays.copyOf(start, start.length + 4 + 2 * count);
        int length = 2 * count;
        for (int i = 0; i < 4; i++) {
            bytes[start.length + i] = (byte) (length >> 7 * i & 0x7F | (i < 3 ? 0x80 : 0));
        }
        for (int at = start.length + 4; at < bytes.length; at += 2) {
            bytes[at] = 10;
        }
        assertTimeoutPreemptively(SOON, () -> survives(bytes));
    }
}
