package dev.gatun.perf.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.start.StartInput;
import java.nio.FloatBuffer;
import java.util.Map;

/** A fresh JVM of ONNX Runtime: loads a model from a file, predicts once, says the first number. */
public final class OnnxStart {

    private OnnxStart() {}

    /** The file, then B, T and I. */
    public static void main(String[] words) throws OrtException {
        StartInput input = StartInput.of(words);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        float[] x = Axes.swapped(input.values(), input.batch(), input.time(), input.inputs());
        try (OrtSession session = environment.createSession(words[0], OnnxRuntime.options(1));
                OnnxTensor tensor = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(x), new long[] {input.time(), input.batch(), input.inputs()});
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            System.out.println("first " + ((float[][]) result.get(0).getValue())[0][0]);
        }
    }
}
