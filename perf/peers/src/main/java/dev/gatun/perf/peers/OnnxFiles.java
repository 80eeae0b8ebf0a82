package dev.gatun.perf.peers;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.gatun.memory.Tensor;
import dev.gatun.perf.exchange.OnnxEngine;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of ONNX in ONNX Runtime. */
public final class OnnxFiles implements OnnxEngine {

    @Override
    public String name() {
        return "ONNX Runtime";
    }

    @Override
    public List<float[]> run(byte[] model, List<Tensor> inputs) throws OrtException {
        try (OrtSession session = OnnxRuntime.session(model, 1)) {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            try {
                Iterator<Tensor> next = inputs.iterator();
                for (NodeInfo input : session.getInputInfo().values()) {
                    given.put(input.getName(), tensor(((TensorInfo) input.getInfo()).type, next.next()));
                }
                try (OrtSession.Result result = session.run(given)) {
                    List<float[]> outputs = new ArrayList<>();
                    for (Map.Entry<String, ?> output : result) {
                        outputs.add(numbers((OnnxTensor) output.getValue()));
                    }
                    return outputs;
                }
            } finally {
                given.values().forEach(OnnxTensor::close);
            }
        }
    }

    private static OnnxTensor tensor(OnnxJavaType type, Tensor numbers) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = numbers.shape().toArray();
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers.toArray()), shape);
            case INT32 -> OnnxTensor.createTensor(environment, IntBuffer.wrap(numbers.toIntArray()), shape);
            case BOOL -> {
                int[] steps = numbers.toIntArray();
                ByteBuffer bytes = ByteBuffer.allocateDirect(steps.length);
                for (int step : steps) {
                    bytes.put((byte) (step == 0 ? 0 : 1));
                }
                yield OnnxTensor.createTensor(environment, bytes.flip(), shape, OnnxJavaType.BOOL);
            }
            default -> throw new IllegalArgumentException("no input of Gatun's is of type " + type);
        };
    }

    private static float[] numbers(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        switch (info.type) {
            case FLOAT -> {
                FloatBuffer buffer = tensor.getFloatBuffer();
                float[] floats = new float[buffer.remaining()];
                buffer.get(floats);
                return floats;
            }
            case INT32 -> {
                IntBuffer buffer = tensor.getIntBuffer();
                float[] floats = new float[buffer.remaining()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = buffer.get();
                }
                return floats;
            }
            default -> throw new IllegalArgumentException("no output of Gatun's is of type " + info.type);
        }
    }
}
