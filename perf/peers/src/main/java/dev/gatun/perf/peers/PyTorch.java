package dev.gatun.perf.peers;

import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Natives;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PyTorch through DJL, with the libraries in its jars; nothing is downloaded. */
public final class PyTorch implements Peer {

    /** The one library that the profile fetches; it chooses its kernels by the processor. */
    private static final Natives NATIVES = new Natives(List.of("linux-x86_64"), List.of());

    @Override
    public String name() {
        return "PyTorch";
    }

    @Override
    public boolean offers(Task task) {
        return task.kind() == Kind.FORWARD || task.kind() == Kind.STEP || task.kind() == Kind.TRAIN;
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return NATIVES.refusal(processor);
    }

    @Override
    public Map<String, String> environment(int threads, Path target) {
        return Map.of(
                "DJL_CACHE_DIR", target.resolve("djl").toString(), "OMP_NUM_THREADS", String.valueOf(threads),
                "MKL_NUM_THREADS", String.valueOf(threads), "DJL_OFFLINE", "true", "OPT_OUT_TRACKING", "true");
    }

    @Override
    public Contender open(Task task, int threads, Material material) {
        // Read once, when DJL finds its engine.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        return switch (task.kind()) {
            case STEP -> new TorchStep(task.stack(), material);
            case TRAIN -> new TorchTraining(task.net(), material);
            default -> new TorchForward(task.net(), material);
        };
    }
}
