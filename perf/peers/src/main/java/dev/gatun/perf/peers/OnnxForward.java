package dev.gatun.perf.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Axes;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Material;
import java.util.Map;

/** Whole sequences, time-major as ONNX has them: no transposition is timed. */
final class OnnxForward implements Contender {

    private final Stack stack;
    private final OrtSession session;
    private final OnnxRuntime.Pinned y;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    OnnxForward(Stack stack, int threads, Material material) throws OrtException {
        this.stack = stack;
        this.session = OnnxRuntime.session(OnnxStack.sequences(stack, material), threads);
        OnnxRuntime.Pinned x = OnnxRuntime.Pinned.of(stack.time(), stack.batch(), stack.inputs());
        x.buffer().put(0, Axes.swapped(material.x(), stack.batch(), stack.time(), stack.inputs()));
        this.y = stack.perStep()
                ? OnnxRuntime.Pinned.of(stack.time(), stack.batch(), stack.outputs())
                : OnnxRuntime.Pinned.of(stack.batch(), stack.outputs());
        this.inputs = Map.of("x", x.tensor());
        this.outputs = Map.of("y", y.tensor());
    }

    @Override
    public void run() {
        try (OrtSession.Result result = session.run(inputs, outputs)) {
            if (result.size() != 1) {
                throw new IllegalStateException("Expected y alone, got " + result.size() + " results");
            }
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public float[] result() {
        return stack.perStep()
                ? Axes.swapped(y.toArray(), stack.time(), stack.batch(), stack.outputs())
                : y.toArray();
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
