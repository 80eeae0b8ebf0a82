package dev.gatun.engine.rnn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Team;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the work of recurrent layers is shared, and what their memory says of rows: no number is computed here. */
final class RecurrentSharesTest {

    /** Too large for the L2 of any core: two weights of 256 MiB. */
    private static final RecurrentSizes HUGE = new RecurrentSizes(64, 100, 4096, 4096, 4);

    @Test
    void sizesFollowFromUnitsAndGates() {
        RecurrentSizes sizes = new RecurrentSizes(3, 7, 5, 17, 4);
        assertEquals(21, sizes.rows());
        assertEquals(2, sizes.unitBlocks());
        assertEquals(128, sizes.gateColumns());
        assertEquals(8, sizes.strips(2));
        assertEquals(128, sizes.gatesLd());
        assertEquals(32, sizes.unitsLd());
        assertEquals((5 + 17) * 128 * 4, sizes.weightBytes());
        assertEquals(new RecurrentSizes(2, 9, 5, 17, 4), sizes.with(2, 9));
        assertEquals(272, new RecurrentSizes(1, 1, 1, 64, 4).gatesLd(), "off a multiple of 1 KiB");
        assertThrows(ArithmeticException.class, () -> new RecurrentSizes(1 << 20, 1 << 20, 1, 1, 4).rows());
    }

    @Test
    void everyUnitOfEveryRowIsOneMembers() {
        for (int batch : new int[] {0, 1, 5, 7, 8, 11, 12, 33}) {
            for (int units : new int[] {1, 17, 70}) {
                for (int size = 1; size <= 4; size++) {
                    RecurrentSizes sizes = new RecurrentSizes(batch, 2, 3, units, 4);
                    BitSet taken = new BitSet();
                    int count = 0;
                    for (StepPartition split : StepPartition.all(sizes, false, size)) {
                        for (int row = split.firstRow(); row < split.firstRow() + split.rows(); row++) {
                            taken.set(row * sizes.unitBlocks() + split.firstBlock(),
                                    row * sizes.unitBlocks() + split.endBlock());
                            count += split.endBlock() - split.firstBlock();
                        }
                    }
                    assertEquals(batch * sizes.unitBlocks(), taken.cardinality());
                    assertEquals(taken.cardinality(), count, "none twice");
                }
            }
        }
    }

    /** Rows never meet, but four of them are wanted by each member, and the recurrent weights by its cache. */
    @Test
    void aStepIsSharedByRowsIfThereAreEnough() {
        RecurrentSizes small = new RecurrentSizes(8, 10, 4, 32, 4);
        assertTrue(StepPartition.of(small, 0, 2).byRows());
        assertEquals(new StepPartition(true, 4, 4, 0, 2), StepPartition.of(small, 1, 2));
        assertFalse(StepPartition.of(small.with(7, 10), 0, 2).byRows());
        assertEquals(new StepPartition(false, 0, 7, 1, 2), StepPartition.of(small.with(7, 10), 1, 2));
        assertFalse(StepPartition.of(HUGE, 0, 2).byRows());
        assertTrue(StepPartition.of(HUGE, 0, 1).byRows(), "whoever is alone has nobody to meet");
    }

    @Test
    void partitionsAreThoseOfTheActiveBatch() {
        StepPartitions partitions = new StepPartitions(new RecurrentSizes(9, 3, 4, 32, 4), false, 2);
        for (int batch : new int[] {9, 3, 0, 9}) {
            StepPartition[] splits = partitions.of(batch);
            assertEquals(List.of(StepPartition.all(new RecurrentSizes(batch, 3, 4, 32, 4), false, 2)), List.of(splits));
            assertEquals(new StepPartition(true, 0, batch, 0, 2), partitions.whole(batch));
        }
    }

    @Test
    void sidesRunBesideEachOtherIfEachHasWorkOfItsOwn() {
        RecurrentSizes few = new RecurrentSizes(1, 10, 4, 32, 4);
        try (Team one = new Team(1); Team two = new Team(2)) {
            assertTrue(SideBySide.pays(List.of(few, few), two));
            assertTrue(SideBySide.pays(List.of(few, few, few, few), two));
            assertFalse(SideBySide.pays(List.of(few, few), one), "one thread");
            assertFalse(SideBySide.pays(List.of(few), two), "a member without a layer");
            assertFalse(SideBySide.pays(List.of(few, few, few), two), "two layers beside one are uneven");
            assertFalse(SideBySide.pays(List.of(few.with(8, 10), few.with(8, 10)), two), "split by rows");
            assertFalse(SideBySide.pays(List.of(HUGE.with(1, 10), HUGE.with(1, 10)), two),
                    "no cache holds the weights");
        }
    }

    /** A layer's cost is its units times what they read: the state, and the input for less. */
    @Test
    void sharesAreEvenUpToAFifth() {
        RecurrentSizes layer = new RecurrentSizes(1, 10, 100, 100, 4);
        assertTrue(LayerShares.areEven(List.of(layer, layer), 2));
        assertTrue(LayerShares.areEven(List.of(layer, new RecurrentSizes(1, 10, 200, 100, 4)), 2), "140 beside 180");
        assertFalse(LayerShares.areEven(List.of(layer, new RecurrentSizes(1, 10, 300, 100, 4)), 2), "140 beside 220");
        assertFalse(LayerShares.areEven(List.of(new RecurrentSizes(1, 10, 300, 100, 4), layer), 2), "220 beside 140");
        assertTrue(LayerShares.areEven(List.of(layer, layer, layer, layer), 2));
        assertFalse(LayerShares.areEven(List.of(layer, layer, layer), 2));
        assertFalse(LayerShares.areEven(List.of(layer, HUGE, layer), 3));
    }

    @Test
    void rowsThatCountStandInRuns() {
        try (Arena arena = Arena.ofConfined()) {
            int[] steps = {1, 1, 0, 0, 0, 1, 1};
            RowsView mask = new RowsView(arena.allocateFrom(JAVA_INT, steps), 0, 4);
            RecurrentMemory masked = memory(mask, 12);
            for (int row = 0; row < steps.length; row++) {
                assertEquals(steps[row] == 1, masked.counts(row), "row " + row);
            }
            assertEquals(2, masked.endOfRun(0, 0, 7));
            assertEquals(1, masked.endOfRun(0, 0, 1), "no farther than the share");
            assertEquals(5, masked.endOfRun(0, 3, 7));
            assertEquals(3, masked.endOfRun(2, 0, 5), "rows of a later step");
            assertEquals(7, masked.endOfRun(0, 6, 7));
        }
        RecurrentMemory memory = memory(null, 12);
        assertTrue(memory.counts(5));
        assertNull(memory.mask());
        assertEquals(4, memory.firstRow(2), "what is active lies at the end");
        assertEquals(6, memory.timeChunk(2));
        assertEquals(2, memory.timeChunk(5));
        assertEquals(1, memory.timeChunk(13), "at least a step");
    }

    private static RecurrentMemory memory(RowsView mask, int gateRows) {
        return new RecurrentMemory(6, null, null, null, List.of(), null, null, null, mask, null, gateRows, false);
    }

    @Test
    void inferenceHoldsGatesOfFourMegabytes() {
        assertEquals(10, RecurrentMemory.chunk(new RecurrentSizes(1, 10, 4, 16, 4)), "the whole of a short sequence");
        int floats = new RecurrentSizes(1, 1, 4, 1000, 4).gatesLd();
        assertEquals((1 << 22) / (4 * floats), RecurrentMemory.chunk(new RecurrentSizes(1, 9999, 4, 1000, 4)));
        assertEquals((1 << 22) / (3 * 4 * floats), RecurrentMemory.chunk(new RecurrentSizes(3, 9999, 4, 1000, 4)));
        assertEquals(1, RecurrentMemory.chunk(new RecurrentSizes(5000, 9999, 4, 1000, 4)));
        assertEquals(7, RecurrentMemory.chunk(new RecurrentSizes(0, 7, 4, 1000, 4)));
        assertEquals(1, RecurrentMemory.chunk(new RecurrentSizes(1, 0, 4, 16, 4)));
    }

    /** A chain makes each step's gates by itself: where there are rows for a tile, and the weights stay in a core's cache. */
    @Test
    void smallWeightsAreReadForEveryStep() {
        RecurrentSizes chained = new RecurrentSizes(4, 10, 4, 16, 4);
        assertEquals(1, RecurrentMemory.forwardChunk(chained));
        assertEquals(10, RecurrentMemory.forwardChunk(chained.with(3, 10)), "too few rows");
        assertEquals(10, RecurrentMemory.forwardChunk(new RecurrentSizes(4, 10, 3, 16, 4)), "too few inputs");
        assertEquals(10, RecurrentMemory.forwardChunk(new RecurrentSizes(4, 10, 4, 3, 4)), "too few units");
        int most = (int) (Caches.HERE.l2() * 0.75 / (64 * 4)) - 16;
        assertEquals(1, RecurrentMemory.forwardChunk(new RecurrentSizes(4, 10, most, 16, 4)));
        assertEquals(10, RecurrentMemory.forwardChunk(new RecurrentSizes(4, 10, most + 1, 16, 4)),
                "too large a kernel");
    }

    @Test
    void weightsWithoutABiasSaySo() {
        RecurrentWeights weights = new RecurrentWeights(null, 0, 64, RecurrentWeights.NO_BIAS);
        assertFalse(weights.hasBias());
        assertTrue(new RecurrentWeights(null, 0, 64, 128).hasBias());
        try (Arena arena = Arena.ofConfined()) {
            var other = arena.allocate(4);
            assertEquals(new RecurrentWeights(other, 0, 64, RecurrentWeights.NO_BIAS), weights.in(other));
        }
    }
}
