package dev.gatun.tests.kernels;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.memory.LeakWatch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Arenas account for every byte, tell who forgot to close, and give clear words afterwards. */
final class ArenaTest {

    @Property
    void memoryIsAlignedZeroedAndAccountedFor(@ForAll @Size(max = 20) List<@IntRange(max = 5000) Integer> sizes) {
        try (TensorArena arena = TensorArena.open("test")) {
            long expected = 0;
            for (int size : sizes) {
                MemorySegment segment = arena.allocate(size, size % 2 == 0 ? "even" : "odd");
                assertEquals(0, segment.address() % TensorArena.ALIGNMENT);
                assertTrue(segment.byteSize() >= size);
                for (long at = 0; at < segment.byteSize(); at++) {
                    assertEquals(0, segment.get(JAVA_BYTE, at));
                }
                segment.fill((byte) 1);
                expected += segment.byteSize();
            }
            assertEquals(expected, arena.allocatedBytes());
            assertEquals(expected, arena.account().values().stream().mapToLong(Long::longValue).sum());
            arena.close();
            assertEquals(0, arena.allocatedBytes());
            assertTrue(arena.account().isEmpty());
        }
    }

    @Test
    void theAccountIsInOrderOfFirstAllocation() {
        try (TensorArena arena = TensorArena.open("test")) {
            List<String> purposes = List.of("weights", "gradients", "activations", "moments", "scratch", "a", "z");
            purposes.forEach(purpose -> arena.allocate(64, purpose));
            arena.allocate(64, "weights");
            assertEquals(purposes, List.copyOf(arena.account().keySet()));
            assertEquals(128, arena.account().get("weights"));
        }
    }

    @Test
    void aClosedArenaNamesItself() {
        TensorArena arena = TensorArena.open("model x");
        Tensor tensor = arena.tensor("t", Shape.of(2, 3));
        arena.close();
        arena.close();
        assertFalse(arena.isOpen());
        for (Throwable thrown : List.of(
                assertThrows(IllegalStateException.class, () -> arena.allocate(1, "late")),
                assertThrows(IllegalStateException.class, () -> arena.child("late")))) {
            assertTrue(thrown.getMessage().contains("'model x' is closed"), thrown.getMessage());
        }
        for (Throwable thrown : List.of(
                assertThrows(IllegalStateException.class, () -> tensor.get(0, 0)),
                assertThrows(IllegalStateException.class, () -> tensor.set(1, 0, 0)),
                assertThrows(IllegalStateException.class, tensor::toArray),
                assertThrows(IllegalStateException.class, () -> tensor.copyTo(Tensor.zeros(2, 3))),
                assertThrows(IllegalStateException.class, () -> Tensor.zeros(2, 3).copyTo(tensor)))) {
            assertTrue(thrown.getMessage().contains("(2, 3)") && thrown.getMessage().contains("closed"),
                    thrown.getMessage());
        }
    }

    @Test
    void childrenCloseWithTheirOwnerAtTheLatest() {
        TensorArena owner = TensorArena.open("owner");
        TensorArena early = owner.child("early");
        TensorArena late = owner.child("late");
        TensorArena grandchild = late.child("grandchild");
        MemorySegment segment = grandchild.allocate(64, "x");
        assertEquals(List.of("owner/early", "owner/late"), owner.openChildren());
        early.close();
        assertEquals(List.of("owner/late"), owner.openChildren());
        owner.close();
        assertFalse(late.isOpen() || grandchild.isOpen() || segment.scope().isAlive());
    }

    @Test
    void sizesThatCannotBeAreRefusedAndBookNothing() {
        try (TensorArena arena = TensorArena.open("small")) {
            for (long bytes : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                String message = assertThrows(IllegalArgumentException.class, () -> arena.allocate(bytes, "x"))
                        .getMessage();
                assertTrue(message.contains(String.valueOf(bytes)), message);
            }
            String message = assertThrows(OutOfMemoryError.class, () -> arena.allocate(1L << 60, "a giant"))
                    .getMessage();
            assertTrue(message.contains("'small'") && message.contains("a giant") && message.contains("smaller batch"),
                    message);
            assertEquals(0, arena.allocatedBytes());
            assertTrue(arena.account().isEmpty());
        }
    }

    @Test
    void anArenaNobodyClosedIsReportedByName() throws InterruptedException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage() + java.util.Arrays.toString(line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(TensorArena.class.getName());
        logger.addHandler(ear);
        logger.setUseParentHandlers(false);
        try {
            TensorArena.open(LeakWatch.ON_PURPOSE).allocate(64, "x");
            for (int i = 0; i < 100 && said.stream().noneMatch(line -> line.contains(LeakWatch.ON_PURPOSE)); i++) {
                System.gc();
                Thread.sleep(20);
            }
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(ear);
        }
        assertTrue(said.stream().anyMatch(line -> line.contains(LeakWatch.ON_PURPOSE) && line.contains("never closed")),
                said.toString());
    }

    @Property
    void slotsOfAPlanDoNotMeet(@ForAll @Size(max = 12) List<@IntRange(max = 1000) Integer> sizes) {
        MemoryPlan plan = new MemoryPlan();
        long workspace = 0;
        long peak = 0;
        for (int i = 0; i < sizes.size(); i++) {
            Slot slot = plan.workspace("w" + i, sizes.get(i));
            assertEquals(workspace, slot.baseBytes());
            workspace += TensorArena.roundUp(sizes.get(i));
            Slot first = plan.scratch("s" + i, sizes.get(i));
            Slot second = plan.scratch("t" + i, 10);
            assertEquals(0, first.baseBytes(), "scratch begins anew for each operation");
            assertEquals(TensorArena.roundUp(sizes.get(i)), second.baseBytes());
            peak = Math.max(peak, TensorArena.roundUp(sizes.get(i)) + 64);
            plan.releaseScratch();
        }
        assertEquals(workspace, plan.workspaceBytes());
        assertEquals(peak, plan.scratchBytes());
        assertEquals(3 * sizes.size(), plan.slots().size());
    }

    @Test
    void aPlanThatDoesNotFitALongIsRefused() {
        MemoryPlan plan = new MemoryPlan();
        plan.workspace("half", Long.MAX_VALUE / 2);
        plan.workspace("other half", Long.MAX_VALUE / 2 - 200);
        assertThrows(ArithmeticException.class, () -> plan.workspace("more", 1000));
    }

    @Test
    void parameterBlocksKeepEntriesApartAndTwinsAlike() {
        try (TensorArena arena = TensorArena.open("test")) {
            ParameterBlock.Layout layout = new ParameterBlock.Layout();
            ParameterBlock.Entry a = layout.add("a", 4);
            ParameterBlock.Entry b = layout.add("b", 68);
            ParameterBlock block = layout.allocate(arena, "weights");
            assertEquals(List.of(a, b), block.entries());
            assertEquals(64, b.baseBytes());
            assertEquals(192, block.bytes());
            assertEquals(48, block.elements());
            block.segment().fill((byte) 7);
            ParameterBlock twin = block.twin(arena, "twin");
            assertEquals(0, twin.segment().get(JAVA_BYTE, 100));
            block.copyTo(twin);
            assertEquals(-1, block.segment().mismatch(twin.segment()));
            block.clear();
            assertEquals(0, block.segment().get(JAVA_BYTE, 191));
            assertEquals(7, twin.segment().get(JAVA_BYTE, 191));
        }
    }
}
