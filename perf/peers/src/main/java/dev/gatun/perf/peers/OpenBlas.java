package dev.gatun.perf.peers;

import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Natives;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** OpenBLAS's sgemm through FFM downcalls. */
abstract class OpenBlas implements Peer {

    /** The one library that the profile fetches. */
    private static final List<String> PLATFORMS = List.of("linux-x86_64");

    @Override
    public boolean offers(Task task) {
        return task.kind() == Kind.GEMM;
    }

    @Override
    public Optional<String> refusal(Processor processor) {
        return new Natives(PLATFORMS, needed()).refusal(processor);
    }

    /** Flags of a processor without which the chosen kernels would die. */
    abstract List<String> needed();

    @Override
    public Contender open(Task task, int threads, Material material) throws IOException {
        return new BlasGemm(task.sizes(), threads, material.x(), material.y());
    }

    /** With the kernels that OpenBLAS chooses. */
    public static final class Detected extends OpenBlas {

        @Override
        public String name() {
            return "OpenBLAS";
        }

        @Override
        List<String> needed() {
            return List.of();
        }

        /** Whatever a user has set for other programs is not what it would choose. */
        @Override
        public Map<String, String> environment(int threads, Path target) {
            return Map.of("OPENBLAS_CORETYPE", "", "OPENBLAS_L2_SIZE", "");
        }
    }

    /** With the kernels for AVX-512: it does not know every processor that has it. On one that has not they would die. */
    public static final class SkylakeX extends OpenBlas {

        /** What the compiler may use for these kernels ({@code -march=skylake-avx512}). */
        private static final List<String> NEEDED = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

        @Override
        List<String> needed() {
            return NEEDED;
        }

        @Override
        public String name() {
            return "OpenBLAS as SkylakeX";
        }

        @Override
        public Map<String, String> environment(int threads, Path target) {
            return Map.of("OPENBLAS_CORETYPE", "SkylakeX", "OPENBLAS_L2_SIZE", "");
        }
    }
}
