package dev.gatun.perf.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.perf.paired.Contender;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** C = A B through {@code cblas_sgemm}; rows tightly packed, all memory aligned to cache lines. */
final class BlasGemm implements Contender {

    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSE = 111;
    private static final String FOLDER = "/org/bytedeco/openblas/linux-x86_64/";
    /** Those the last one needs, first. */
    private static final List<String> LIBRARIES = List.of(
            "libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0");

    private final Task.Sizes sizes;
    private final Arena arena = Arena.ofShared();
    private final MethodHandle sgemm;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    @SuppressWarnings("restricted")
    BlasGemm(Task.Sizes sizes, int threads, float[] a, float[] b) throws IOException {
        this.sizes = sizes;
        SymbolLookup library = library(arena);
        Linker linker = Linker.nativeLinker();
        this.sgemm = linker.downcallHandle(
                library.findOrThrow("cblas_sgemm"),
                FunctionDescriptor.ofVoid(
                        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT,
                        ADDRESS, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT));
        MethodHandle setThreads = linker.downcallHandle(
                library.findOrThrow("openblas_set_num_threads"), FunctionDescriptor.ofVoid(JAVA_INT));
        try {
            setThreads.invokeExact(threads);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
        this.a = copied(a);
        this.b = copied(b);
        this.c = arena.allocate((long) sizes.m() * sizes.n() * Float.BYTES, 64);
    }

    @SuppressWarnings("restricted")
    private static SymbolLookup library(Arena arena) throws IOException {
        Path folder = Files.createTempDirectory("openblas");
        SymbolLookup last = null;
        for (String name : LIBRARIES) {
            Path file = folder.resolve(name);
            try (InputStream in = BlasGemm.class.getResourceAsStream(FOLDER + name)) {
                if (in == null) {
                    throw new IOException("Not in any jar: " + FOLDER + name);
                }
                Files.copy(in, file);
            }
            last = SymbolLookup.libraryLookup(file, arena);
        }
        // A library that is loaded needs its file no longer.
        for (String name : LIBRARIES) {
            Files.delete(folder.resolve(name));
        }
        Files.delete(folder);
        return last;
    }

    private MemorySegment copied(float[] values) {
        MemorySegment segment = arena.allocate((long) values.length * Float.BYTES, 64);
        MemorySegment.copy(values, 0, segment, JAVA_FLOAT, 0, values.length);
        return segment;
    }

    @Override
    public void run() {
        int n = sizes.n();
        int k = sizes.k();
        try {
            sgemm.invokeExact(
                    ROW_MAJOR, NO_TRANSPOSE, NO_TRANSPOSE, sizes.m(), n, k, 1f, a, k, b, n, 0f, c, n);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public float[] result() {
        return c.toArray(JAVA_FLOAT);
    }

    @Override
    public void close() {
        arena.close();
    }
}
