package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.gemm.WeightPacking;
import dev.gatun.engine.team.Team;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A matrix that is read piece by piece lies where the whole one would, whoever packs which rows. */
final class WeightPackingTest {

    /** From a single row to some MB, with and without paddings, and one whose rows are larger than a piece. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "1, 40, 4, 2", "37, 17, 3, 2", "700, 130, 4, 1", "700, 130, 4, 3", "3, 50000, 4, 2",
        "300000, 1, 1, 4"})
    void itLiesWhereTheWholeOneWould(int rows, int units, int gates, int threads) throws IOException {
        WeightLayout layout = WeightLayout.gated(rows, units, gates);
        float[] matrix = Bits.anyNumbers(rows * layout.columns(), rows);
        Set<Thread> readers = ConcurrentHashMap.newKeySet();
        try (Arena arena = Arena.ofShared(); Team team = new Team(threads)) {
            int places = (int) layout.strips().elements();
            Guarded memory = Guarded.of(arena, new float[places], new float[places]);
            layout.pack(Tensor.of(matrix, rows, layout.columns()), memory.segment(), memory.base(0));
            FloatSource source = (first, target, count) -> {
                readers.add(Thread.currentThread());
                System.arraycopy(matrix, (int) first, target, 0, count);
            };
            WeightPacking.pack(layout, source, memory.segment(), memory.base(1), team);
            memory.checkCanaries("pack");
            Bits.same(memory.values(1), memory.values(0), "packed in pieces");
        }
        assertTrue(!readers.isEmpty() && readers.size() <= threads, readers::toString);
    }

    @Test
    void whatTheSourceSaysReachesTheCaller() {
        WeightLayout layout = WeightLayout.plain(2000, 1000);
        IOException said = new IOException("the file ends here");
        try (Arena arena = Arena.ofShared(); Team team = new Team(2)) {
            Guarded memory = Guarded.of(arena, new float[(int) layout.strips().elements()]);
            FloatSource source = (first, target, count) -> {
                if (first > 1_000_000) {
                    throw said;
                }
            };
            assertEquals(said, assertThrows(IOException.class,
                    () -> WeightPacking.pack(layout, source, memory.segment(), memory.base(0), team)));
            memory.checkCanaries("pack");
        }
    }
}
