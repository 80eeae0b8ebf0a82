package dev.gatun.tests.perf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.perf.bench.Comparison;
import dev.gatun.perf.bench.Results;
import dev.gatun.perf.paired.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reports as JSON, and two of them side by side.
final class ResultsTest {

    @TempDir
    Path folder;

    private static Results small() {
        return Figures.results(Figures.machine("small", 256),
                Figures.beside(Task.SEED1, 1, "Peer", new double[] {2e6, 2e6}, new double[] {3e6, 3e6}),
                Figures.late(Task.STEP, 2, 10_000, 30_000));
    }

    private static Results large() {
        return Figures.results(Figures.machine("large", 512), Figures.alone(Task.SEED1, 1, 1e6, 1e6),
                Figures.alone(Task.QUESTION_LONG, 2, 0.25e9));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Path file = folder.resolve("deeper/report.json");
        small().write(file);
        Results back = Results.read(file);
        assertEquals(small().machine(), back.machine());
        assertEquals(small().shares(), back.shares());
        assertEquals(small().outcomes().getLast().ours().latency(), back.outcomes().getLast().ours().latency());
        assertArrayEquals(new double[] {3e6, 3e6}, back.outcomes().getFirst().theirs().nanos());
        assertEquals(small().leftOut(), back.leftOut());
        assertEquals(small().scaling(), back.scaling());
        Path again = folder.resolve("again.json");
        back.write(again);
        assertEquals(Files.readString(file), Files.readString(again));
    }

    @Test
    void twoMachinesStandSideBySide() {
        List<String> lines = new Comparison(small(), large(), "A", "B").lines();
        has(lines, "|   | A | B |");
        has(lines, "| processor | small, 2 cores | large, 2 cores |");
        has(lines, "| kernels | kernels of 256 bits | kernels of 512 bits |");
        has(lines, "| FMA; read L1, L2, L3, threads: 2 | 200 GFLOP/s; 800, 400, 100 GB/s | "
                + "200 GFLOP/s; 800, 400, 100 GB/s |");
        // SEED1 has 81 million operations: half of the roof in 1.6 ms.
        has(lines, "| SEED1 | 1 | 2.00 ms | 1.00 ms | 2.00 | FMA | 41 % | 81 % |");
        String step = lines.stream().filter(line -> line.startsWith("| STEP | 2 |")).findFirst().orElseThrow();
        assertTrue(step.startsWith("| STEP | 2 | 10.0 µs p50, 30.0 µs p99 |  |  | L2 | "), step);
        has(lines, "| SEED1 | 1 | Peer | 1.50 |  |");
        has(lines, "| QUESTION-LONG | 2 |  |  | 250 ms | **no** |");
        has(lines, "| Gatun | 310 ms | 310 ms |");
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("| LARGE")), "nobody measured LARGE");
    }

    private static void has(List<String> lines, String line) {
        assertTrue(lines.contains(line), () -> "no line " + line + " in\n" + String.join("\n", lines));
    }
}
