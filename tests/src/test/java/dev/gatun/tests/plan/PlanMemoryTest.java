package dev.gatun.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which memory of a plan is given to others, and when. */
final class PlanMemoryTest {

    private static final Team ALONE = new Team(1);
    private static final Shape SHAPE = Shape.of(3, 16);
    private static final long BYTES = 3 * 16 * 4;

    private final PlanMemory memory = new PlanMemory(ExecutionMode.INFERENCE);

    private static PlanContext context(PlanMemory memory) {
        return new PlanContext("a", new CallPlace(0, List.of(), List.of()), ExecutionMode.INFERENCE,
                CallArguments.of(List.of()),
                WeightPlaces.NONE, memory, ALONE);
    }

    private Value value() {
        return context(memory).output("", SHAPE);
    }

    private long next() {
        return memory.workspace("next", BYTES).baseBytes();
    }

    @Test
    void whatNobodyReadsLaterIsGivenToTheNextGroup() {
        Slot own = memory.workspace("own", BYTES);
        Value read = value();
        memory.endGroup(List.of(read));
        assertEquals(own.baseBytes(), next());
        long behind = memory.slots().get(1).baseBytes();
        assertTrue(next() > behind, "the value is still to be read");
    }

    @Test
    void aValueIsGivenUpByItsLastReaderOnce() {
        Value read = value();
        long at = memory.slots().getFirst().baseBytes();
        memory.endGroup(List.of(read));
        memory.lastRead(read);
        memory.lastRead(read);
        assertEquals(at, next());
        assertTrue(next() != at, "one place is not given twice");
    }

    @Test
    void valuesThatLieTogetherAreGivenUpTogether() {
        Slot slot = memory.workspace("both", 2 * BYTES);
        Value one = context(memory).outputIn("", SHAPE, slot, 0);
        Value other = context(memory).outputIn("", SHAPE, slot, BYTES);
        memory.endGroup(List.of(one, other));
        memory.lastRead(one);
        assertTrue(next() >= 2 * BYTES, "the other is still to be read");
        memory.lastRead(other);
        assertEquals(slot.baseBytes(), memory.workspace("again", 2 * BYTES).baseBytes());
    }

    @ParameterizedTest
    @EnumSource(value = ExecutionMode.class, names = "INFERENCE", mode = EnumSource.Mode.EXCLUDE)
    void nothingIsGivenTwiceWhereItIsReadAgain(ExecutionMode mode) {
        PlanMemory kept = new PlanMemory(mode);
        long first = kept.workspace("first", BYTES).baseBytes();
        kept.endGroup(List.of());
        assertTrue(kept.workspace("second", BYTES).baseBytes() > first);
    }

    /** Other cores write beside it, and a cache fetches lines in pairs. */
    @Test
    void placesLieApart() {
        long first = memory.workspace("first", BYTES).baseBytes();
        assertTrue(next() - first - BYTES >= 128);
    }

    @Test
    void whatIsTooLargeIsSaidByItsName() {
        memory.workspace("first", 64);
        String said = assertThrows(ArithmeticException.class, () -> memory.workspace("huge", Long.MAX_VALUE - 100))
                .getMessage();
        assertTrue(said.contains("huge") && said.contains("63 bits"), said);
    }

    @Test
    void aPlanHasZerosEvenIfNobodyAskedForThem() {
        memory.complete();
        assertEquals(64, memory.totalBytes());
    }
}
