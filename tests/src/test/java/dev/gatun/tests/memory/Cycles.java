package dev.gatun.tests.memory;

import dev.gatun.layers.Dense;
import dev.gatun.layers.Input;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.serve.ModelStream;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Loads, predicts and closes a thousand times; prints resident KiB once settled and at the end, 0 if unknown. */
public final class Cycles {

    public static final int CYCLES = 1_000;
    public static final int SETTLED_AFTER = 300;

    private static final Path STATUS = Path.of("/proc/self/status");

    private Cycles() {}

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("cycles", ".gatun");
        Tensor x = Tensor.zeros(2, 20, 8);
        float[] expected;
        try (Model model = Sequential.of(Input.shape(20, 8), Lstm.units(128).returnSequences(), Lstm.units(128),
                Dense.units(1))) {
            model.save(file);
            expected = model.predict(x).toArray();
        }
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            cycle(file, x, expected);
            if (cycle == SETTLED_AFTER || cycle == CYCLES) {
                System.out.println(residentKib());
            }
        }
        Files.delete(file);
    }

    private static void cycle(Path file, Tensor x, float[] expected) throws IOException {
        TensorArena arena;
        try (Model model = Model.load(file); ModelStream stream = model.stream()) {
            arena = model.network().arena();
            require(Arrays.equals(expected, model.predict(x).toArray()), "another forecast");
            stream.step(MemorySegment.ofArray(new float[8]), MemorySegment.ofArray(new float[1]));
            require(arena.allocatedBytes() > 0, "an empty account while the model is open");
        }
        require(arena.allocatedBytes() == 0, "an account of " + arena.account() + " after closing");
        require(arena.openChildren().isEmpty(), "open children " + arena.openChildren());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static long residentKib() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
