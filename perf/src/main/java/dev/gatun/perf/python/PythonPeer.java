package dev.gatun.perf.python;

import dev.gatun.perf.paired.Asked;
import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** An engine of Python's, called in one of its ways. */
public abstract class PythonPeer implements Peer {

    /** The variable of the environment that has the command of the Python. */
    public static final String VARIABLE = "GATUN_PERF_PYTHON";

    /** Whose way it is. */
    public abstract PythonEngine engine();

    /** The script's name of the way to do the task. */
    abstract String way(Task task);

    @Override
    public Asked asked() {
        return Asked.PYTHON;
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return engine().refusal(processor);
    }

    @Override
    public Map<String, String> environment(int threads, Path target) {
        return Map.of("OMP_NUM_THREADS", String.valueOf(threads), "MKL_NUM_THREADS", String.valueOf(threads));
    }

    @Override
    public Contender open(Task task, int threads, Material material) throws IOException {
        return new PythonContender(System.getenv(VARIABLE), this, task, threads, material);
    }

    /** One way of Keras's. */
    private abstract static class Keras extends PythonPeer {

        private final Kind kind;
        private final String name;
        private final String way;

        Keras(Kind kind, String name, String way) {
            this.kind = kind;
            this.name = name;
            this.way = way;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public PythonEngine engine() {
            return PythonEngine.KERAS;
        }

        @Override
        public boolean offers(Task task) {
            return task.kind() == kind;
        }

        @Override
        String way(Task task) {
            return way;
        }
    }

    /** {@code model.predict(x)}, which most people call. */
    public static final class KerasPredict extends Keras {

        /** For the loader of services. */
        public KerasPredict() {
            super(Kind.FORWARD, "Keras predict", "predict");
        }
    }

    /** {@code model(x)}. */
    public static final class KerasCall extends Keras {

        /** For the loader of services. */
        public KerasCall() {
            super(Kind.FORWARD, "Keras model(x)", "call");
        }
    }

    /** The model in a {@code tf.function}, the fastest of the three. */
    public static final class KerasFunction extends Keras {

        /** For the loader of services. */
        public KerasFunction() {
            super(Kind.FORWARD, "Keras tf.function", "function");
        }
    }

    /** {@code model.train_on_batch(x, y)}. */
    public static final class KerasTraining extends Keras {

        /** For the loader of services. */
        public KerasTraining() {
            super(Kind.TRAIN, "Keras train_on_batch", "train_on_batch");
        }
    }

    /** {@code nn.LSTM} under {@code inference_mode}, and a training step with Adam. */
    public static final class Torch extends PythonPeer {

        @Override
        public String name() {
            return PythonEngine.TORCH.title();
        }

        @Override
        public PythonEngine engine() {
            return PythonEngine.TORCH;
        }

        @Override
        public boolean offers(Task task) {
            return task.kind() == Kind.FORWARD || task.kind() == Kind.STEP || task.kind() == Kind.TRAIN;
        }

        @Override
        String way(Task task) {
            return switch (task.kind()) {
                case STEP -> "step";
                case TRAIN -> "train";
                default -> "inference_mode";
            };
        }
    }
}
