package dev.gatun.tests.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.perf.bench.Machine;
import dev.gatun.perf.bench.Share;
import dev.gatun.perf.paired.Task;
import dev.gatun.perf.roof.Bound;
import dev.gatun.perf.roof.Probe;
import dev.gatun.perf.roof.Roof;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Parts of a roof, from given figures.
final class ShareTest {

    private static final Machine MACHINE = Figures.machine("one", 256);

    private static Share share(Task task, int threads, double... nanos) {
        return Share.of(List.of(Figures.alone(task, threads, nanos)), MACHINE).getFirst();
    }

    @Test
    void aProductIsHeldAgainstArithmetic() {
        // 2 * 512^3 operations at 100 GFLOP/s.
        double least = 2 * Math.pow(512, 3) / 100;
        assertEquals(1, share(Task.GEMM_512, 1, least).part(), 1e-12);
        assertEquals(0.5, share(Task.GEMM_512, 1, 2 * least).part(), 1e-12);
        assertEquals(0.5, share(Task.GEMM_512, 2, least).part(), 1e-12, "two threads have twice the roof");
    }

    @Test
    void aTrainingStepHasThreeTimesTheWorkOfAForwardPass() {
        assertEquals(3 * share(Task.BATCH, 1, 1e9).part(), share(Task.TRAIN_BATCH, 1, 1e9).part(), 1e-12);
    }

    @Test
    void singleSequencesAreHeldAgainstTheCacheThatTheirWeightsComeFrom() {
        // Recurrent weights 100 times, the others once: 2 x LSTM 128 on 64 inputs.
        double bytes = 4.0 * 4 * 128 * ((64 + 100 * 128 + 1) + (128 + 100 * 128 + 1));
        assertEquals(bytes / 1e6 * 1e9 / 200e9, share(Task.SEQ, 1, 1e6).part(), 1e-12);
        assertEquals(Bound.L2, Task.STEP.bound());
        assertEquals(50e9, share(Task.LARGE, 1, 1e6).roof());
    }

    @Test
    void severalPeersGiveOneShareOfTheMedian() {
        List<Share> shares = Share.of(List.of(
                Figures.beside(Task.SEED1, 1, "A", new double[] {1e6, 1e6}, new double[] {2e6, 2e6}),
                Figures.beside(Task.SEED1, 1, "B", new double[] {3e6, 3e6}, new double[] {2e6, 2e6}),
                Figures.late(Task.STEP, 1, 10_000, 20_000)), MACHINE);
        assertEquals(List.of(2e6, 1e4), shares.stream().map(Share::nanos).toList());
        assertEquals(20_000, shares.getLast().p99());
        List<String> table = Share.table(shares);
        assertTrue(table.get(2).startsWith("| SEED1 | 1 | 2.00 ms | ") && table.get(2).contains("FMA, 100 GFLOP/s"),
                table.get(2));
        assertTrue(table.get(3).contains("L2, 200 GB/s"), table.get(3));
    }

    @Test
    void threadsThatWereNotProbedAreNamed() {
        var said = assertThrows(IllegalArgumentException.class, () -> share(Task.SEED1, 7, 1e6));
        assertTrue(said.getMessage().contains("7 threads"), said.getMessage());
    }

    @Test
    void eachFigureIsTheBetterOneOfTwoProbes() {
        var before = new Probe.Findings("k", 256, List.of(new Roof(1, 80, 10, 9, 4)));
        var after = new Probe.Findings("k", 256, List.of(new Roof(1, 70, 12, 8, 5)));
        assertEquals(List.of(new Roof(1, 80, 12, 9, 5)), before.better(after).roofs());
        assertThrows(IllegalArgumentException.class, () -> Figures.roof(1).better(Figures.roof(2)));
    }
}
