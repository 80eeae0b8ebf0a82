package dev.gatun.tests.onnxrun;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.gatun.formats.onnx.operator.Operators;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes unsound graphs of sound ones, at random: other operators, inputs, attributes, types, versions, and graphs within nodes. */
final class DamagedGraph {

    private static final long[] WHOLE = {0, 1, -1, 2, 3, -7, 100, 1 << 20, 1L << 31, 1L << 40, Long.MAX_VALUE,
        Long.MIN_VALUE};
    private static final float[] REAL = {0, 1, -1, 0.5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
    private static final String[] WORDS = {"", "constant", "reflect", "linear", "cubic", "nearest", "SAME_UPPER",
        "VALID",
        "bidirectional", "reverse", "mul", "max", "tf_crop_and_resize", "ij,jk->ik", "...i,i->...", "a,a,a,a,a->",
        "tanh"};
    private static final List<String> NAMES = List.copyOf(Operators.names());
    private static final List<String> MORE = List.of("fScalar", "fEmpty", "fVector", "fMatrix", "fImage", "dMatrix",
            "hVector", "wScalar", "wHuge", "wSmall", "wNone", "bVector", "bScalar", "uVector", "iMatrix");

    private final Random random;

    DamagedGraph(Random random) {
        this.random = random;
    }

    ModelProto damaged(ModelProto sound) {
        ModelProto.Builder model = sound.toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        more(graph);
        if (random.nextInt(3) == 0) {
            graph.getInputBuilderList().forEach(input -> input.getTypeBuilder().getTensorTypeBuilder().clearShape());
        }
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            change(model, graph);
        }
        return model.build();
    }

    private void change(ModelProto.Builder model, GraphProto.Builder graph) {
        int at = random.nextInt(graph.getNodeCount());
        NodeProto.Builder node = graph.getNodeBuilder(at);
        switch (random.nextInt(10)) {
            case 0 -> node.setOpType(any(NAMES));
            case 1, 2, 3 -> input(node);
            case 4, 5, 6 -> attribute(node);
            case 7 -> model.getOpsetImportBuilder(0).setVersion(7 + random.nextInt(17));
            case 8 -> {
                graph.addNode(NodeProto.newBuilder().setOpType(any(NAMES)).setName("more").addInput(anything(graph))
                        .addInput(anything(graph)).addOutput("more" + graph.getNodeCount()));
                graph.getNodeBuilder(graph.getNodeCount() - 1).getOutput(0);
                input(node);
            }
            default -> within(graph, at);
        }
    }

    private void input(NodeProto.Builder node) {
        if (node.getInputCount() == 0 || random.nextInt(4) == 0) {
            node.addInput(any(MORE));
            return;
        }
        int at = random.nextInt(node.getInputCount());
        switch (random.nextInt(5)) {
            case 0 -> node.setInput(at, "");
            case 1 -> {
                List<String> inputs = new ArrayList<>(node.getInputList());
                inputs.remove(at);
                node.clearInput().addAllInput(inputs);
            }
            case 2 -> node.setInput(at, node.getInput(random.nextInt(node.getInputCount())));
            default -> node.setInput(at, any(MORE));
        }
    }

    private void attribute(NodeProto.Builder node) {
        if (node.getAttributeCount() == 0) {
            node.addAttribute(AttributeProto.newBuilder().setName("axis").setType(AttributeProto.AttributeType.INT)
                    .setI(whole()));
            return;
        }
        int at = random.nextInt(node.getAttributeCount());
        AttributeProto.Builder attribute = node.getAttributeBuilder(at);
        switch (attribute.getType()) {
            case INT -> attribute.setI(whole());
            case FLOAT -> attribute.setF(REAL[random.nextInt(REAL.length)]);
            case STRING -> attribute.setS(ByteString.copyFromUtf8(WORDS[random.nextInt(WORDS.length)]));
            case INTS -> {
                if (attribute.getIntsCount() == 0 || random.nextInt(3) == 0) {
                    attribute.addInts(whole());
                } else {
                    attribute.setInts(random.nextInt(attribute.getIntsCount()), whole());
                }
            }
            case FLOATS -> attribute.addFloats(REAL[random.nextInt(REAL.length)]);
            default -> node.removeAttribute(at);
        }
    }

    /** The node runs in a loop, a scan or a branch. */
    private void within(GraphProto.Builder graph, int at) {
        NodeProto node = graph.getNode(at);
        GraphProto.Builder body = GraphProto.newBuilder().setName("body");
        String kind = List.of("If", "Loop", "Scan").get(random.nextInt(3));
        NodeProto.Builder around = NodeProto.newBuilder().setOpType(kind).setName("around");
        around.addAllOutput(node.getOutputList());
        body.addNode(node.toBuilder());
        if (kind.equals("If")) {
            around.addInput("bScalar");
            node.getOutputList().forEach(output -> body.addOutput(TestGraph.value(output, 1)));
            around.addAttribute(TestGraph.attribute("then_branch", body.build()));
            around.addAttribute(TestGraph.attribute("else_branch", body.build()));
        } else if (kind.equals("Loop")) {
            around.addInput(random.nextBoolean() ? "" : any(List.of("wScalar", "wHuge"))).addInput("");
            body.addInput(TestGraph.value("turn", 7)).addInput(TestGraph.value("goesOn", 9));
            body.addOutput(TestGraph.value("goesOn", 9));
            node.getOutputList().forEach(output -> body.addOutput(TestGraph.value(output, 1)));
            around.addAttribute(TestGraph.attribute("body", body.build()));
        } else {
            around.addInput("fMatrix");
            body.addInput(TestGraph.value("row", 1));
            node.getOutputList().forEach(output -> body.addOutput(TestGraph.value(output, 1)));
            around.addAttribute(TestGraph.attribute("body", body.build()))
                    .addAttribute(TestGraph.attribute("num_scan_inputs", random.nextInt(4) == 0 ? whole() : 1));
        }
        graph.setNode(at, around);
    }

    private String anything(GraphProto.Builder graph) {
        return random.nextBoolean() || graph.getInputCount() == 0
                ? any(MORE)
                : graph.getInput(random.nextInt(graph.getInputCount())).getName();
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private long whole() {
        return WHOLE[random.nextInt(WHOLE.length)];
    }

    /** Values of every rank and type. */
    private void more(GraphProto.Builder graph) {
        floats(graph, "fScalar");
        floats(graph, "fEmpty", 0, 3);
        floats(graph, "fVector", 4);
        floats(graph, "fMatrix", 3, 4);
        floats(graph, "fImage", 1, 2, 5, 4);
        numbers(graph, "dMatrix", 11, 2, 2);
        numbers(graph, "hVector", 10, 3);
        numbers(graph, "wScalar", 7);
        graph.addInitializer(TensorProto.newBuilder().setName("wHuge").setDataType(7).addDims(2).addInt64Data(whole())
                .addInt64Data(whole()));
        graph.addInitializer(TensorProto.newBuilder().setName("wSmall").setDataType(7).addDims(3).addInt64Data(2)
                .addInt64Data(-1).addInt64Data(0));
        numbers(graph, "wNone", 7, 0);
        numbers(graph, "bVector", 9, 4);
        numbers(graph, "bScalar", 9);
        numbers(graph, "uVector", 2, 4);
        numbers(graph, "iMatrix", 6, 2, 3);
    }

    private void floats(GraphProto.Builder graph, String name, long... shape) {
        numbers(graph, name, 1, shape);
    }

    private void numbers(GraphProto.Builder graph, String name, int type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        long count = 1;
        for (long size : shape) {
            tensor.addDims(size);
            count *= size;
        }
        for (int i = 0; i < count; i++) {
            int number = random.nextInt(9) - 3;
            switch (type) {
                case 1 -> tensor.addFloatData(number / 2f);
                case 7 -> tensor.addInt64Data(number);
                case 11 -> tensor.addDoubleData(number / 2.0);
                case 10 -> tensor.addInt32Data(Float.floatToFloat16(number) & 0xFFFF);
                default -> tensor.addInt32Data(type == 9 ? number & 1 : Math.abs(number));
            }
        }
        graph.addInitializer(tensor);
    }
}
