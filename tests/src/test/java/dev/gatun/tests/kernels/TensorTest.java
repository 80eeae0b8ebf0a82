package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Shapes count exactly or refuse; a tensor lies inside its memory or does not exist. */
final class TensorTest {

    private static String refused(Executable what) {
        return assertThrows(ShapeException.class, what).getMessage();
    }

    @Property
    void elementsAreTheProduct(@ForAll @Size(max = 5) List<@IntRange(max = 50) Integer> sizes) {
        long product = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        Shape shape = Shape.of(sizes.stream().mapToLong(Integer::longValue).toArray());
        assertEquals(product, shape.elements());
        assertEquals(4 * product, shape.floatBytes());
    }

    @Test
    void sizesThatOverflowAreRefused() {
        assertTrue(refused(() -> Shape.of(1L << 32, 1L << 32).elements()).contains("(4294967296, 4294967296)"));
        assertTrue(refused(() -> Shape.of(1L << 62).floatBytes()).contains("too large"));
        assertEquals(0, Shape.of(1L << 62, 1L << 62, 0).elements(), "nothing times anything is nothing");
        assertTrue(refused(() -> Tensor.zeros(1 << 20, 1 << 20)).contains("(1048576, 1048576)"));
        assertTrue(refused(() -> Tensor.zeros(1L << 40, 1L << 40)).contains("too large"));
    }

    @Test
    void negativeSizesAreRefused() {
        assertTrue(refused(() -> Shape.of(3, -2)).contains("[3, -2]"));
        assertTrue(refused(() -> Shape.of(3, Shape.UNKNOWN).elements()).contains("(3, None)"));
        assertTrue(refused(() -> Shape.of(3).with(0, -7)).contains("-7"));
        assertTrue(refused(() -> Tensor.zeros(2, -1)).contains("(2, None)"));
    }

    @Test
    void axesCountFromBothEnds() {
        Shape shape = Shape.of(2, Shape.UNKNOWN, 5);
        assertEquals(5, shape.last());
        assertEquals(2, shape.dim(-3));
        assertEquals(Shape.of(2, Shape.UNKNOWN, 7), shape.with(-1, 7));
        assertTrue(refused(() -> shape.dim(3)).contains("(2, None, 5)"));
        assertTrue(refused(() -> shape.dim(-4)).contains("rank 3"));
    }

    @Test
    void unknownAxesAcceptAnySize() {
        Shape declared = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, 5);
        assertTrue(declared.accepts(Shape.of(1, 0, 5)));
        assertFalse(declared.accepts(Shape.of(1, 2, 6)));
        assertFalse(declared.accepts(Shape.of(2, 5)));
        assertEquals(Shape.of(1, 2), Shape.of(1, 2));
        assertEquals(Shape.of(1, 2).hashCode(), Shape.of(1, 2).hashCode());
        assertNotEquals(Shape.of(1, 2), Shape.of(2, 1));
        assertNotEquals(Shape.of(1, 2).hashCode(), Shape.of(2, 1).hashCode());
        assertEquals("(None, 10, 32)", Shape.of(-1, 10, 32).toString());
        assertEquals("(5,)", Shape.of(5).toString());
        assertEquals("()", Shape.of().toString());
    }

    @Test
    void aTensorLiesInsideItsMemory() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(100);
            assertEquals(3, new Tensor(memory, 4, Shape.of(3, 5), 8).rows(), "4 + (2 * 8 + 5) * 4 bytes");
            assertTrue(refused(() -> new Tensor(memory, 20, Shape.of(3, 5), 8)).contains("(3, 5)"));
            assertTrue(refused(() -> new Tensor(memory, -4, Shape.of(1), 1)).contains("-4"));
            assertTrue(refused(() -> new Tensor(memory, 0, Shape.of(3, 5), 4)).contains("Row stride 4"));
            refused(() -> new Tensor(memory, 0, Shape.of(1L << 61, 1), 1));
            refused(() -> new Tensor(memory, 0, Shape.of(1L << 40, 1L << 40), 1L << 40));
            refused(() -> new Tensor(memory, Long.MAX_VALUE, Shape.of(1), 1));
            refused(() -> new Tensor(memory, 0, Shape.of(Shape.UNKNOWN, 3), 3));
        }
    }

    @Test
    void numbersMustBeAsManyAsTheShapeHolds() {
        String message = refused(() -> Tensor.of(new float[5], 2, 3));
        assertTrue(message.contains("(2, 3)") && message.contains("6") && message.contains("5"), message);
    }

    @Test
    void indicesAreChecked() {
        Tensor tensor = Tensor.zeros(2, 3);
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(2, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> tensor.get(0, -1));
        refused(() -> tensor.get(1));
    }

    @Property
    void copiesKeepNumbersAndLeavePaddings(@ForAll @IntRange(max = 6) int rows, @ForAll @IntRange(max = 6) int columns,
            @ForAll @IntRange(max = 4) int pad) {
        float[] numbers = Bits.anyNumbers(rows * columns, 1);
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor padded = arena.tensor("p", Shape.of(rows, columns), columns + pad);
            padded.segment().fill((byte) 0xA5);
            Tensor.of(numbers, rows, columns).copyTo(padded);
            Bits.same(padded.toArray(), numbers, "there and back");
            long canaries = IntStream.range(0, rows * (columns + pad))
                    .filter(i -> i % (columns + pad) >= columns)
                    .filter(i -> padded.segment().getAtIndex(java.lang.foreign.ValueLayout.JAVA_INT, i) == 0xA5A5A5A5)
                    .count();
            assertEquals((long) rows * pad, canaries);
        }
    }

    @Test
    void aReshapedTensorIsTheSameNumbers() {
        Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(tensor.toArray(), tensor.reshape(3, 2).toArray());
        assertEquals(4, tensor.reshape(3, 2).get(1, 1));
        refused(() -> tensor.reshape(4, 2));
        refused(() -> tensor.copyTo(Tensor.zeros(3, 2)));
    }
}
