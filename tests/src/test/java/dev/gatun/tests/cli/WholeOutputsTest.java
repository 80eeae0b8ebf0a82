package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole numbers that an ONNX graph gives are written as they are, or refused: float32 would change them.
final class WholeOutputsTest {

    @TempDir
    Path folder;

    /** Running sums of whole numbers times another: no layer does that. */
    private Path sums(long factor) throws IOException {
        TypeProto.Tensor floats = TypeProto.Tensor.newBuilder().setElemType(1)
                .setShape(TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
                        .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(2)))
                .build();
        GraphProto graph = GraphProto.newBuilder().setName("g")
                .addInput(
                        ValueInfoProto.newBuilder().setName("x").setType(TypeProto.newBuilder().setTensorType(floats)))
                .addInitializer(TensorProto.newBuilder().setName("axis").setDataType(7).addInt64Data(1))
                .addInitializer(TensorProto.newBuilder().setName("factor").setDataType(7).addInt64Data(factor))
                .addNode(NodeProto.newBuilder().setOpType("Cast").addInput("x").addOutput("w")
                        .addAttribute(AttributeProto.newBuilder().setName("to").setI(7)
                                .setType(AttributeProto.AttributeType.INT)))
                .addNode(NodeProto.newBuilder().setOpType("CumSum").addInput("w").addInput("axis").addOutput("s"))
                .addNode(NodeProto.newBuilder().setOpType("Mul").addInput("s").addInput("factor").addOutput("total"))
                .addOutput(ValueInfoProto.newBuilder().setName("total")).build();
        Path file = folder.resolve("sums" + factor + ".onnx");
        Files.write(file, ModelProto.newBuilder().setIrVersion(8).setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(14)).build().toByteArray());
        return file;
    }

    @Test
    void whatInt32HoldsIsWrittenAndTheRestIsRefused() throws Exception {
        Path x = folder.resolve("x.safetensors");
        new SafetensorsWriter().tensor("x", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2)).write(x);
        Path y = folder.resolve("y.safetensors");
        Cli.ok("predict", sums(1000), "--input", x, "--output", y);
        try (SafetensorsFile file = Safetensors.read(y)) {
            assertArrayEquals(new float[] {1000, 3000, 3000, 7000}, file.tensor("total").toArray());
        }
        Files.delete(y);
        Cli cli = Cli.run("predict", sums(1L << 32 | 1), "--input", x, "--output", y);
        assertTrue(cli.code() > 0, cli.out());
        assertTrue(cli.err().contains("total holds the whole number 4294967297") && cli.err().contains("INT64"),
                cli.err());
        assertFalse(Files.exists(y));
    }
}
