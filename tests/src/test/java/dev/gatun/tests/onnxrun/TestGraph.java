package dev.gatun.tests.onnxrun;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.gatun.formats.onnx.OnnxRunner;
import dev.gatun.layers.model.ModelSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/** Writes small ONNX files, sound ones and others. */
final class TestGraph {

    final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");
    final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8).setProducerName("gatun-tests");

    TestGraph(int opset) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset));
    }

    /** @param sizes below zero for those that are not known */
    TestGraph input(String name, int type, long... sizes) {
        graph.addInput(value(name, type, sizes));
        return this;
    }

    TestGraph output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    static ValueInfoProto value(String name, int type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        LongStream.of(sizes).forEach(size -> shape.addDim(size < 0
                ? TensorShapeProto.Dimension.newBuilder().setDimParam("n")
                : TensorShapeProto.Dimension.newBuilder().setDimValue(size)));
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape))).build();
    }

    TestGraph floats(String name, List<Long> dims, float... numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1).addAllDims(dims);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        graph.addInitializer(tensor);
        return this;
    }

    TestGraph longs(String name, long... numbers) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(7).addDims(numbers.length);
        LongStream.of(numbers).forEach(tensor::addInt64Data);
        graph.addInitializer(tensor);
        return this;
    }

    TestGraph node(String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder().setOpType(operator).setName(operator + graph.getNodeCount())
                .addAllInput(inputs).addAllOutput(outputs).addAllAttribute(List.of(attributes)));
        return this;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value)).build();
    }

    static AttributeProto attribute(String name, List<String> values) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList()).build();
    }

    static AttributeProto attribute(String name, GraphProto body) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.GRAPH).setG(body).build();
    }

    byte[] bytes() {
        return model.setGraph(graph).build().toByteArray();
    }

    OnnxRunner open() throws IOException {
        return open(bytes());
    }

    static OnnxRunner open(byte[] bytes) throws IOException {
        return OnnxRunner.open(ModelSource.of(new ByteArrayInputStream(bytes)));
    }
}
