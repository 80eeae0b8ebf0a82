package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Slot;
import dev.gatun.memory.TensorArena;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Issue D, number 13: shapes whose elements depend on the order of their axes, bad axes, negative sizes of memory. */
final class Mended13ShapesAndSizesTest {

    @Property
    void anUnknownAxisLeavesTheCountUnknownWhereverItStands(
            @ForAll @Size(max = 4) List<@IntRange(min = -1, max = 3) Integer> sizes) {
        Shape shape = Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
        if (sizes.contains(-1)) {
            assertThrows(ShapeException.class, shape::elements);
            assertThrows(ShapeException.class, shape::floatBytes);
        } else {
            assertEquals(sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b), shape.elements());
        }
    }

    @Test
    void emptyAndUnknownIsRefusedInBothOrders() {
        for (Shape shape : List.of(Shape.of(0, -1), Shape.of(-1, 0))) {
            String message = assertThrows(ShapeException.class, shape::elements).getMessage();
            assertTrue(message.contains(shape.toString()) && message.contains("unknown"), message);
        }
        assertEquals(0, Shape.of(1L << 62, 8, 0).elements(), "nothing is nothing, however large the rest");
    }

    @Test
    void aBadAxisIsNamedWithTheRank() {
        for (int axis : new int[] {2, 7, -3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            for (Executable use : List.<Executable>of(() -> Shape.of(2, 3).with(axis, 1),
                    () -> Shape.of(2, 3).dim(axis))) {
                String message = assertThrows(ShapeException.class, use).getMessage();
                assertTrue(message.contains("Axis " + axis + " ") && message.contains("rank 2"), message);
            }
        }
        assertThrows(ShapeException.class, () -> Shape.of().with(0, 1));
        assertThrows(ShapeException.class, () -> Shape.of().last());
        assertEquals(Shape.of(2, 5), Shape.of(2, 3).with(-1, 5));
    }

    @Test
    void negativeBytesAreNoMatterOfShapes() {
        try (TensorArena arena = TensorArena.open("sizes")) {
            MemoryPlan plan = new MemoryPlan();
            for (long bytes : new long[] {-1, Long.MIN_VALUE}) {
                refused(bytes, () -> arena.allocate(bytes, "x"));
                refused(bytes, () -> plan.workspace("x", bytes));
                refused(bytes, () -> plan.scratch("x", bytes));
                refused(bytes, () -> new Slot("x", Slot.Kind.SCRATCH, 0, bytes));
                refused(bytes, () -> new ParameterBlock.Layout().add("x", bytes));
            }
            assertEquals(0, plan.totalBytes());
            assertEquals(0, arena.allocatedBytes());
            assertThrows(ArithmeticException.class, () -> {
                plan.workspace("half", Long.MAX_VALUE / 2);
                plan.workspace("more", Long.MAX_VALUE - 10);
            });
        }
    }

    private static void refused(long bytes, Executable use) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, use);
        assertEquals(IllegalArgumentException.class, refusal.getClass(), "a size in bytes is no shape");
        assertTrue(refusal.getMessage().contains(String.valueOf(bytes)), refusal.getMessage());
    }
}
