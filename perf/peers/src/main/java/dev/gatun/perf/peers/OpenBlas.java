package dev.gatun.perf.peers;

import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Kind;
import dev.gatun.perf.paired.Material;
import dev.gatun.perf.paired.Peer;
import dev.gatun.perf.paired.Processor;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** OpenBLAS's sgemm through FFM downcalls. */
abstract class OpenBlas implements Peer {

    @Override
    public boolean offers(Task task) {
        return task.kind() == Kind.GEMM;
    }

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
    }

    /** With the kernels for AVX-512: it does not know every processor that has it. On one that has not they would die. */
    public static final class SkylakeX extends OpenBlas {

        /** What the compiler may use for these kernels ({@code -march=skylake-avx512}). */
        private static final List<String> NEEDED = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

        @Override
        public List<String> lacks(Processor processor) {
            return processor.missing(NEEDED);
        }

        @Override
        public String name() {
            return "OpenBLAS as SkylakeX";
        }

        @Override
        public Map<String, String> environment(int threads, Path target) {
            return Map.of("OPENBLAS_CORETYPE", "SkylakeX");
        }
    }
}
