package dev.gatun.perf.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Natives;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.start.Starter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** ONNX Runtime's Java API: tensors made before, results written into pinned ones, threads that spin. */
public final class OnnxRuntime implements Peer {

    /** What its jar brings; it chooses its kernels by the processor. */
    private static final Natives NATIVES = new Natives(
            List.of("linux-x86_64", "linux-aarch64", "macos-aarch64", "windows-x86_64"), List.of());

    @Override
    public String name() {
        return "ONNX Runtime";
    }

    @Override
    public boolean offers(Task task) {
        return task.isStack()
                && (task.kind() == Kind.FORWARD || task.kind() == Kind.STEP || task.kind() == Kind.START);
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return NATIVES.refusal(processor);
    }

    @Override
    public Contender open(Task task, int threads, Material material) throws OrtException {
        return task.kind() == Kind.STEP
                ? new OnnxStep(task.stack(), threads, material)
                : new OnnxForward(task.stack(), threads, material);
    }

    @Override
    public Starter starter(Task task, Material material, Path folder) throws IOException {
        Path file = folder.resolve("start.onnx");
        Files.write(file, OnnxStack.sequences(task.stack(), material));
        return new Starter(
                OnnxStart.class.getName(), List.of("gatun-perf", "onnxruntime"),
                List.of(
                        file.toString(), String.valueOf(task.stack().batch()), String.valueOf(task.stack().time()),
                        String.valueOf(task.stack().inputs())));
    }

    static OrtSession session(byte[] model, int threads) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(model, options(threads));
    }

    static OrtSession.SessionOptions options(int threads) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        options.addConfigEntry("session.intra_op.allow_spinning", "1");
        return options;
    }

    /** A tensor over native memory of its own; the buffer stays the caller's to read. */
    record Pinned(FloatBuffer buffer, OnnxTensor tensor) {

        static Pinned of(long... shape) throws OrtException {
            long count = 1;
            for (long size : shape) {
                count *= size;
            }
            FloatBuffer buffer = ByteBuffer.allocateDirect(Math.toIntExact(count * Float.BYTES))
                    .order(ByteOrder.nativeOrder()).asFloatBuffer();
            return new Pinned(buffer, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, shape));
        }

        float[] toArray() {
            float[] values = new float[buffer.capacity()];
            buffer.get(0, values);
            return values;
        }
    }
}
