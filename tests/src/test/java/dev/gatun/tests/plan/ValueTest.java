package dev.gatun.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.CallPlace;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.PlanMemory;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.plan.WeightPlaces;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Slot;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values of a plan: their rows, the memory they get, and which of them have gradients. */
final class ValueTest {

    private static final Team ALONE = new Team(1);
    /** Room between two places, as {@code PlanMemory} says. */
    private static final long APART = 256;

    private static PlanContext context(
            ExecutionMode mode, WeightPlaces weights, PlanMemory memory, Value... read) {
        return new PlanContext("a", new CallPlace(0, List.of(), List.of()), mode, CallArguments.of(List.of(read)),
                weights, memory,
                ALONE);
    }

    private static PlanContext context(ExecutionMode mode) {
        return context(mode, WeightPlaces.NONE, new PlanMemory(mode));
    }

    private static WeightPlaces trained(boolean trainable) {
        ParameterBlock.Layout layout = new ParameterBlock.Layout();
        ParameterBlock.Entry first = layout.add("first", 4);
        return new WeightPlaces(List.of(first, layout.add("second", 4)), List.of(), trainable);
    }

    private static void rows(Value value, int batch, int time, int rows, int columns) {
        assertEquals(List.of(batch, time, rows, columns),
                List.of(value.batch(), value.time(), value.rows(), value.columns()));
    }

    @Test
    void rowsAreWhatStandsBeforeTheFeatures() {
        PlanContext context = context(ExecutionMode.INFERENCE);
        Value sequence = context.output("", Shape.of(4, 5, 17));
        rows(sequence, 4, 5, 20, 17);
        assertEquals(32, sequence.ld());
        assertEquals(ValueType.FLOAT32, sequence.type());
        rows(context.output("", Shape.of(4, 17)), 4, 1, 4, 17);
        rows(context.output("", Shape.of(4, 5, 2, 17)), 4, 10, 40, 17);
        Value column = context.output("", Shape.of(4));
        rows(column, 4, 1, 4, 1);
        assertEquals(16, column.ld());
        Value tokens = context.input(ValueType.INT32, Shape.of(4, 5));
        rows(tokens, 4, 5, 20, 1);
        assertEquals(1, tokens.ld());
        Value mask = context.maskOutput(Shape.of(4, 5));
        rows(mask, 4, 5, 20, 1);
        assertEquals(ValueType.MASK, mask.type());
        assertFalse(mask.requiresGradient());
        String said = assertThrows(ShapeException.class, () -> context.output("", Shape.of(1, 1, 1, 1, 1)))
                .getMessage();
        assertEquals("A value has 1 to 4 axes, batch first, got the shape (1, 1, 1, 1, 1); reshape it", said);
        assertThrows(ShapeException.class, () -> context.output("", Shape.of()));
    }

    @Test
    void aRunMayHaveLessThanWasPlanned() {
        Value value = context(ExecutionMode.INFERENCE).output("", Shape.of(4, 5, 3));
        value.resize(Shape.of(2, 3, 3));
        rows(value, 2, 3, 6, 3);
        assertEquals(Shape.of(2, 3, 3), value.shape());
        assertEquals(Shape.of(4, 5, 3), value.largest());
        value.resize(Shape.of(0, 5, 3));
        rows(value, 0, 0, 0, 3);
        assertEquals("A value planned for (4, 5, 3) cannot have the shape (4, 6, 3)",
                assertThrows(ShapeException.class, () -> value.resize(Shape.of(4, 6, 3))).getMessage());
        rows(value, 0, 0, 0, 3);
        Value mask = context(ExecutionMode.INFERENCE).maskOutput(Shape.of(4, 5));
        assertNull(value.mask());
        value.mask(mask);
        assertSame(mask, value.mask());
    }

    @Test
    void valuesAndGradientsHaveTheirOwnRows() {
        PlanMemory memory = new PlanMemory(ExecutionMode.TRAINING);
        PlanContext context = context(ExecutionMode.TRAINING, trained(true), memory);
        Value first = context.output("", Shape.of(2, 3));
        Slot slot = context.workspace("more", 3, 16);
        Value inside = context.outputIn(" h", Shape.of(2, 3), slot, 64);
        memory.zeros(5);
        memory.zeros(20);
        memory.zeros(1);
        memory.complete();
        long bytes = 2 * 16 * 4 + APART;
        assertEquals(List.of("a", "a gradient", "a more", "a h gradient", "zeros"),
                memory.slots().stream().map(Slot::name).toList());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment workspace = arena.allocate(memory.totalBytes());
            rowsAt(first.rows(workspace), workspace, 0);
            rowsAt(first.gradient(workspace), workspace, bytes);
            rowsAt(inside.rows(workspace), workspace, 2 * bytes + 64);
            rowsAt(inside.gradient(workspace), workspace, 2 * bytes + 3 * 64 + APART);
        }
        assertEquals(3 * bytes + 3 * 64 + APART, memory.zeroBytes());
        assertEquals(memory.zeroBytes() + 128, memory.totalBytes());
    }

    private static void rowsAt(RowsView rows, MemorySegment workspace, long bytes) {
        assertEquals(new RowsView(workspace, bytes, 64), rows);
    }

    @Test
    void gradientsAreThereWhereSomethingLearnsOrIsAskedFor() {
        Shape shape = Shape.of(2, 3);
        for (ExecutionMode mode : ExecutionMode.values()) {
            PlanContext alone = context(mode);
            assertEquals(mode.gradients(), context(mode, trained(true), new PlanMemory(mode)).requiresGradient());
            assertFalse(context(mode, trained(false), new PlanMemory(mode)).requiresGradient());
            assertFalse(alone.requiresGradient());
            Value input = alone.input(ValueType.FLOAT32, shape);
            assertEquals(mode == ExecutionMode.TRAINING_TO_INPUTS || mode == ExecutionMode.DIFFERENTIATION,
                    input.requiresGradient(), mode.toString());
            assertFalse(alone.input(ValueType.INT32, shape).requiresGradient());
            Value behind = context(mode, WeightPlaces.NONE, new PlanMemory(mode), input).output("", shape);
            assertEquals(input.requiresGradient(), behind.requiresGradient());
        }
        Value without = context(ExecutionMode.INFERENCE).output("", shape);
        assertEquals("No gradient was planned for a value of shape (2, 3)",
                assertThrows(IllegalStateException.class, () -> without.gradient(MemorySegment.NULL)).getMessage());
    }

    @Test
    void theFirstToClaimAGradientWritesItAndTheOthersAdd() {
        Value value = context(ExecutionMode.TRAINING_TO_INPUTS).input(ValueType.FLOAT32, Shape.of(2, 3));
        assertFalse(value.hasGradient());
        assertFalse(value.claimGradient());
        assertTrue(value.hasGradient());
        assertTrue(value.claimGradient());
        assertTrue(value.hasGradient());
    }

    @Test
    void aLayerThatIsNotTrainedHasNoGradientsOfWeights() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment gradients = arena.allocate(4);
            Operation.Memory memory = new Operation.Memory(null, null, null, null, gradients);
            PlanMemory plan = new PlanMemory(ExecutionMode.TRAINING);
            assertSame(gradients, context(ExecutionMode.TRAINING, trained(true), plan).gradients(memory));
            assertNull(context(ExecutionMode.TRAINING, trained(false), plan).gradients(memory));
            assertNull(context(ExecutionMode.TRAINING).gradients(memory));
        }
        assertEquals(64, trained(true).at(1));
        assertEquals(0, trained(true).at(0));
    }

    @Test
    void scratchIsSharedAndAPartForEachThread() {
        PlanMemory memory = new PlanMemory(ExecutionMode.TRAINING);
        Team two = new Team(2);
        PlanContext context = new PlanContext("a", new CallPlace(0, List.of(), List.of()), ExecutionMode.TRAINING,
                CallArguments.of(List.of()), WeightPlaces.NONE, memory, two);
        Value value = context.output("", Shape.of(2, 3));
        Slot scratch = context.gradientScratch();
        assertEquals(2L * WeightGradient.scratchBytes(), scratch.bytes());
        memory.endOperation();
        Slot next = memory.scratch("next", 64);
        memory.complete();
        long behind = 2 * 64 + APART + 64;
        assertEquals(behind, memory.at(scratch));
        assertEquals(behind, memory.at(next), "the next operation takes the same bytes");
        RowsView rows = context.gradientScratchRows(scratch, MemorySegment.NULL);
        assertEquals(new RowsView(MemorySegment.NULL, behind, WeightGradient.scratchBytes()), rows);
        assertEquals(behind + TensorArena.roundUp(scratch.bytes()), memory.totalBytes());
        assertFalse(value.requiresGradient());
        two.close();
    }
}
