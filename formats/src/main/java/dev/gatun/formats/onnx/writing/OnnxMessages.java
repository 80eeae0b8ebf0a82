package dev.gatun.formats.onnx.writing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.layers.onnx.OnnxAttribute;
import dev.gatun.layers.onnx.OnnxGraph;
import dev.gatun.layers.onnx.OnnxNode;
import dev.gatun.layers.onnx.OnnxTensor;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * A graph as the messages of an ONNX file.
 *
 * @param graph what is written
 */
record OnnxMessages(OnnxGraph graph) {

    /** What opset 14 came with: https://github.com/onnx/onnx/blob/main/docs/Versioning.md */
    private static final int IR_VERSION = 7;
    /** More than the names, types and attributes of a node, or of a value, take. */
    private static final long MOST_OF_NODE = 10_000;

    /** At least as many bytes as the message takes. */
    long bytes() {
        long nodes = (long) graph.nodes().size() + graph.inputs().size() + graph.outputs().size();
        long bytes = nodes * MOST_OF_NODE;
        for (OnnxTensor tensor : graph.initializers()) {
            bytes += tensor.shape().elements() * (tensor.type() == OnnxType.FLOAT ? Float.BYTES : Long.BYTES)
                    + tensor.name().length();
        }
        return bytes;
    }

    ModelProto model(Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName(ParsedModel.GATUN)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxGraph.OPSET))
                .setGraph(message(graph));
        new TreeMap<>(metadata).forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static GraphProto message(OnnxGraph graph) {
        GraphProto.Builder message = GraphProto.newBuilder().setName(graph.name());
        graph.inputs().forEach(value -> message.addInput(message(value)));
        graph.outputs().forEach(value -> message.addOutput(message(value)));
        graph.initializers().forEach(tensor -> message.addInitializer(message(tensor)));
        graph.nodes().forEach(node -> message.addNode(message(node)));
        return message.build();
    }

    private static ValueInfoProto message(OnnxValue value) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            long size = value.shape().dim(axis);
            TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
            dims.addDim(size == Shape.UNKNOWN
                    ? dim.setDimParam(OnnxGraph.symbol(value, axis))
                    : dim.setDimValue(size));
        }
        TypeProto.Tensor type = TypeProto.Tensor.newBuilder().setElemType(value.type().number()).setShape(dims).build();
        return ValueInfoProto.newBuilder().setName(value.name()).setType(TypeProto.newBuilder().setTensorType(type))
                .build();
    }

    private static TensorProto message(OnnxTensor tensor) {
        TensorProto.Builder message = TensorProto.newBuilder().setName(tensor.name())
                .setDataType(tensor.type().number()).setRawData(numbers(tensor));
        for (long size : tensor.shape().toArray()) {
            message.addDims(size);
        }
        return message.build();
    }

    private static ByteString numbers(OnnxTensor tensor) {
        if (tensor.type() == OnnxType.FLOAT) {
            float[] floats = tensor.floats();
            ByteBuffer bytes = bytes((long) floats.length * Float.BYTES);
            bytes.asFloatBuffer().put(floats);
            return UnsafeByteOperations.unsafeWrap(bytes);
        }
        long[] longs = tensor.longs();
        ByteBuffer bytes = bytes((long) longs.length * Long.BYTES);
        bytes.asLongBuffer().put(longs);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static ByteBuffer bytes(long count) {
        return ByteBuffer.allocate(Math.toIntExact(count)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Attributes by name, so that equal nodes give equal bytes. */
    private static NodeProto message(OnnxNode node) {
        NodeProto.Builder message = NodeProto.newBuilder().setName(node.name()).setOpType(node.operator())
                .addAllInput(node.inputs()).addAllOutput(node.outputs());
        new TreeMap<>(node.attributes()).forEach((name, value) -> message.addAttribute(message(name, value)));
        return message.build();
    }

    private static AttributeProto message(String name, OnnxAttribute attribute) {
        AttributeProto.Builder message = AttributeProto.newBuilder().setName(name);
        switch (attribute) {
            case OnnxAttribute.Whole whole -> message.setType(AttributeType.INT).setI(whole.value());
            case OnnxAttribute.Real real -> message.setType(AttributeType.FLOAT).setF(real.value());
            case OnnxAttribute.Text text ->
                message.setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(text.value()));
            case OnnxAttribute.Wholes wholes -> message.setType(AttributeType.INTS).addAllInts(wholes.values());
            case OnnxAttribute.Reals reals -> message.setType(AttributeType.FLOATS).addAllFloats(reals.values());
            case OnnxAttribute.Texts texts -> {
                message.setType(AttributeType.STRINGS);
                texts.values().forEach(text -> message.addStrings(ByteString.copyFromUtf8(text)));
            }
            case OnnxAttribute.Body body -> message.setType(AttributeType.GRAPH).setG(message(body.graph()));
        }
        return message.build();
    }
}
