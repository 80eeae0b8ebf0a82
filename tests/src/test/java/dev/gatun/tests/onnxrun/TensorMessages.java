package dev.gatun.tests.onnxrun;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.gatun.formats.onnx.OnnxArray;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;

/** A tensor of float32 in a message of its own, read without the product's reader. */
final class TensorMessages {

    private TensorMessages() {}

    static OnnxArray read(Path file) throws IOException {
        TensorProto message = TensorProto.parseFrom(Files.readAllBytes(file));
        Assertions.assertEquals(TensorProto.DataType.FLOAT_VALUE, message.getDataType());
        FloatBuffer numbers = message.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] floats = new float[numbers.remaining()];
        numbers.get(floats);
        return OnnxArray.floats(floats, message.getDimsList().stream().mapToInt(Long::intValue).toArray());
    }
}
