package dev.gatun.perf.python;

import dev.gatun.perf.paired.Asked;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.PeerSource;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.workload.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An engine of Python's, called in one of its ways.
 *
 * @param engine whose way it is
 * @param ways   the script's names of the ways to do tasks of a kind
 */
public record PythonPeer(PythonEngine engine, String name, Map<Kind, String> ways) implements Peer {

    /** The variable of the environment that has the command of the Python. */
    public static final String VARIABLE = "GATUN_PERF_PYTHON";

    /** {@code model.predict(x)}, which most people call. */
    public static final PythonPeer KERAS_PREDICT = new PythonPeer(
            PythonEngine.KERAS, "Keras predict", Map.of(Kind.FORWARD, "predict"));
    /** {@code model(x)}. */
    public static final PythonPeer KERAS_CALL = new PythonPeer(
            PythonEngine.KERAS, "Keras model(x)", Map.of(Kind.FORWARD, "call"));
    /** The model in a {@code tf.function}, the fastest of the three. */
    public static final PythonPeer KERAS_FUNCTION = new PythonPeer(
            PythonEngine.KERAS, "Keras tf.function", Map.of(Kind.FORWARD, "function"));
    /** {@code model.train_on_batch(x, y)}. */
    public static final PythonPeer KERAS_TRAINING = new PythonPeer(
            PythonEngine.KERAS, "Keras train_on_batch", Map.of(Kind.TRAIN, "train_on_batch"));
    /** {@code nn.LSTM} under {@code inference_mode}, and a training step with Adam. */
    public static final PythonPeer TORCH = new PythonPeer(
            PythonEngine.TORCH, PythonEngine.TORCH.title(),
            Map.of(Kind.FORWARD, "inference_mode", Kind.STEP, "step", Kind.TRAIN, "train"));

    /** For the loader of services. */
    public static final class Source implements PeerSource {

        @Override
        public List<Peer> peers() {
            return List.of(KERAS_PREDICT, KERAS_CALL, KERAS_FUNCTION, KERAS_TRAINING, TORCH);
        }
    }

    @Override
    public Asked asked() {
        return Asked.PYTHON;
    }

    @Override
    public boolean offers(Task task) {
        return ways.containsKey(task.kind()) && task.isStack() && task.stack().cell() == Cell.LSTM
                && task.stack().sides() == 1;
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return engine.refusal(processor);
    }

    @Override
    public Map<String, String> environment(int threads, Path target) {
        return Map.of("OMP_NUM_THREADS", String.valueOf(threads), "MKL_NUM_THREADS", String.valueOf(threads));
    }

    @Override
    public Contender open(Task task, int threads, Material material) throws IOException {
        return new PythonContender(System.getenv(VARIABLE), this, task, threads, material);
    }
}
