package dev.gatun.tests.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.memory.DataType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arrays of arrays in and out, whole numbers, views of parts, and what a tensor looks like. */
final class TensorArraysTest {

    private static String refused(Class<? extends Exception> type, Executable what) {
        return assertThrows(type, what).getMessage();
    }

    /** A tensor whose rows are padded, with every number its own. */
    private static Tensor padded(TensorArena arena, int pad, long... dims) {
        Shape shape = Shape.of(dims);
        Tensor tensor = arena.tensor("p", shape, shape.last() + pad);
        tensor.segment().fill((byte) 0xA5);
        Tensor.of(Bits.anyNumbers((int) shape.elements(), 1), dims).copyTo(tensor);
        return tensor;
    }

    @Property
    void arraysOfArraysGoThereAndBack(@ForAll @IntRange(max = 4) int n, @ForAll @IntRange(max = 4) int t,
            @ForAll @IntRange(max = 4) int f, @ForAll @IntRange(max = 3) int pad) {
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor cube = padded(arena, pad, n, t, f);
            Tensor again = Tensor.of(cube.toArray3());
            Bits.same(again.toArray(), cube.toArray(), "cube");
            Tensor rows = padded(arena, pad, t, f);
            Bits.same(Tensor.of(rows.toArray2()).toArray(), rows.toArray(), "rows");
            if (n > 0 && t > 0) {
                assertEquals(cube.shape(), again.shape());
                assertArrayEquals(cube.toArray3()[n - 1][t - 1], cube.row((long) n * t - 1).toArray());
            }
        }
    }

    @Test
    void arraysAreCopied() {
        float[][] rows = {{1, 2}, {3, 4}};
        Tensor tensor = Tensor.of(rows);
        rows[0][0] = 9;
        assertEquals(1, tensor.get(0, 0));
        tensor.toArray2()[0][0] = 9;
        assertEquals(1, tensor.get(0, 0));
        assertEquals(Shape.of(0, 0), Tensor.of(new float[0][]).shape());
        assertEquals(Shape.of(2, 0), Tensor.of(new float[2][0]).shape());
        assertEquals(Shape.of(2, 0, 0), Tensor.of(new float[2][0][]).shape());
    }

    @Test
    void raggedRowsAreRefusedByTheirPlace() {
        assertEquals("Tensor.of: values[2] has length 3, but values[0] has length 2; "
                + "give rows of one length: cut or pad them",
                refused(ShapeException.class, () -> Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6, 7}})));
        String steps = refused(ShapeException.class, () -> Tensor.of(new float[][][] {{{1}, {2}}, {{3}}}));
        assertTrue(steps.contains("values[1] has length 1, but values[0] has length 2"), steps);
        String features = refused(ShapeException.class, () -> Tensor.of(new float[][][] {{{1}, {2}}, {{3}, {4, 5}}}));
        assertTrue(features.contains("values[1][1] has length 2, but values[1][0] has length 1"), features);
        String between = refused(ShapeException.class, () -> Tensor.of(new float[][][] {{{1}}, {{3, 4}}}));
        assertTrue(between.contains("values[1][0] has length 2, but values[0][0] has length 1"), between);
        assertTrue(refused(ShapeException.class, () -> Tensor.ofInts(new int[][] {{1, 2}, {}})).contains("values[1]"));
        assertTrue(
                refused(NullPointerException.class, () -> Tensor.of(new float[][] {{1}, null})).contains("element 1"));
        assertTrue(refused(NullPointerException.class, () -> Tensor.of(new float[][][] {{{1}}, {null}}))
                .contains("element 0 of values[1]"));
    }

    @Test
    void ranksThatDoNotFitNameTheMethodThatDoes() {
        assertTrue(refused(ShapeException.class, Tensor.zeros(1, 2, 3)::toArray2).contains("use toArray3"));
        assertTrue(refused(ShapeException.class, Tensor.zeros(2, 3)::toArray3).contains("use toArray2"));
        assertTrue(refused(ShapeException.class, Tensor.zeros(2)::toArray2).contains("use toArray, "));
        assertTrue(refused(ShapeException.class, Tensor.zeros(1, 1, 1, 1)::toArray3).contains("(1, 1, 1, 1)"));
    }

    @Test
    void wholeNumbersStayWhole() {
        int[] values = {1, -2, Integer.MAX_VALUE, 16_777_217, 5, 6};
        Tensor ints = Tensor.ofInts(values, 2, 3);
        assertEquals(DataType.INT32, ints.type());
        assertEquals(16_777_217, ints.getInt(1, 0));
        ints.setInt(7, 1, 0);
        assertEquals(7, values[3], "the array is not copied");
        assertArrayEquals(values, ints.toIntArray());
        assertArrayEquals(new int[] {7, 5, 6}, ints.row(1).toIntArray());
        assertArrayEquals(new int[] {7, 5, 6}, ints.slice(1, 1).toIntArray());
        assertArrayEquals(values, ints.reshape(6).toIntArray());
        Tensor rows = Tensor.ofInts(new int[][] {{1, 2}, {3, 4}, {5, 6}});
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, rows.toIntArray());
        assertEquals(Shape.of(3, 2), rows.shape());
        assertEquals(DataType.FLOAT32, Tensor.zeros(2).type());
    }

    @Test
    void numbersOfTheOtherTypeAreRefused() {
        Tensor ints = Tensor.ofInts(new int[6], 2, 3);
        Tensor floats = Tensor.zeros(2, 3);
        assertEquals("Tensor.get: expected numbers of type float32, got a tensor of shape (2, 3) and type int32; "
                + "use getInt", refused(IllegalArgumentException.class, () -> ints.get(0, 0)));
        assertTrue(refused(IllegalArgumentException.class, () -> ints.set(1f, 0, 0)).contains("use setInt"));
        assertTrue(refused(IllegalArgumentException.class, ints::toArray).contains("use toIntArray"));
        assertTrue(refused(IllegalArgumentException.class, ints::toArray2).contains("use toIntArray"));
        assertTrue(refused(IllegalArgumentException.class, () -> floats.getInt(0, 0)).contains("use get"));
        assertTrue(refused(IllegalArgumentException.class, () -> floats.setInt(1, 0, 0)).contains("use set"));
        assertTrue(refused(IllegalArgumentException.class, floats::toIntArray).contains("use toArray"));
        assertTrue(refused(IllegalArgumentException.class, () -> floats.copyTo(ints)).contains("int32"));
        assertTrue(refused(IllegalArgumentException.class, () -> ints.copyTo(floats)).contains("Tensor.copyTo"));
        assertTrue(refused(IllegalArgumentException.class, () -> ints.requireType(DataType.FLOAT32, "Weight 'w'"))
                .startsWith("Weight 'w': expected numbers of type float32"));
    }

    @Property
    void aSliceIsThePart(@ForAll @IntRange(max = 5) int size, @ForAll @IntRange(max = 5) int first,
            @ForAll @IntRange(max = 5) int count, @ForAll @IntRange(max = 3) int pad) {
        try (TensorArena arena = TensorArena.open("test")) {
            Tensor tensor = padded(arena, pad, size, 2, 3);
            if (first + count > size) {
                String said = refused(IndexOutOfBoundsException.class, () -> tensor.slice(first, count));
                assertTrue(said.contains("(" + size + ", 2, 3)"), said);
                return;
            }
            float[] expected = new float[count * 6];
            System.arraycopy(tensor.toArray(), first * 6, expected, 0, expected.length);
            Bits.same(tensor.slice(first, count).toArray(), expected, "slice");
            assertEquals(Shape.of(count, 2, 3), tensor.slice(first, count).shape());
        }
    }

    @Test
    void viewsAreTheSameMemory() {
        Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
        tensor.slice(1, 2).set(30, 0, 0);
        tensor.row(2).set(60, 1);
        assertArrayEquals(new float[] {1, 2, 30, 4, 5, 60}, tensor.toArray());
        Tensor vector = Tensor.of(new float[] {1, 2, 3}, 3);
        assertArrayEquals(new float[] {2, 3}, vector.slice(1, 2).toArray());
        assertArrayEquals(new float[] {1, 2, 3}, vector.row(0).toArray());
        assertEquals(0, vector.slice(3, 0).toArray().length);
        MemorySegment tight = MemorySegment.ofArray(new float[8]);
        assertEquals(0, new Tensor(tight, 0, Shape.of(2, 3), 5).slice(2, 0).rows(), "the last row has no padding");
        assertTrue(refused(IndexOutOfBoundsException.class, () -> tensor.row(3)).contains("3 rows"));
        assertTrue(refused(IndexOutOfBoundsException.class, () -> tensor.row(-1)).contains("-1"));
        assertTrue(refused(IndexOutOfBoundsException.class, () -> tensor.slice(1, Long.MAX_VALUE)).contains("(3, 2)"));
        assertTrue(refused(ShapeException.class, () -> Tensor.zeros().row(0)).contains("get()"));
        assertTrue(refused(ShapeException.class, () -> Tensor.zeros().slice(0, 1)).contains("get()"));
    }

    @Test
    void theMemoryOfViewsAndArraysMustLive() {
        Tensor tensor;
        Tensor view;
        try (Arena arena = Arena.ofShared()) {
            tensor = new Tensor(arena.allocate(24), 0, Shape.of(2, 3), 3);
            view = tensor.slice(0, 1);
        }
        assertTrue(refused(IllegalStateException.class, tensor::toArray2).contains("has been freed"));
        assertTrue(refused(IllegalStateException.class, view::toArray).contains("has been freed"));
        assertEquals("Tensor(2, 3) float32, its memory has been freed", tensor.toString());
    }

    @Test
    void aTensorShowsItsNumbers() {
        assertEquals("Tensor(2, 3) float32\n[[  1.0,   2.5,  -3.0],\n [0.001,   NaN,   0.0]]",
                Tensor.of(new float[][] {{1, 2.5f, -3}, {1e-3f, Float.NaN, 0}}).toString());
        assertEquals("Tensor(1, 2) int32\n[[-7, 42]]", Tensor.ofInts(new int[] {-7, 42}, 1, 2).toString());
        assertEquals("Tensor() float32\n3.0", Tensor.of(new float[] {3}).toString());
        assertEquals("Tensor(0, 3) float32\n[]", Tensor.zeros(0, 3).toString());
        assertEquals("Tensor(2, 1, 2) int32\n[[[1, 2]],\n\n [[3, 4]]]",
                Tensor.ofInts(new int[] {1, 2, 3, 4}, 2, 1, 2).toString());
    }

    @Test
    void aLargeTensorShowsItsEnds() {
        Tensor large = Tensor.ofInts(IntStream.range(0, 2000).toArray(), 2, 1000);
        assertEquals("Tensor(2, 1000) int32\n[[   0,    1,    2, ...,  997,  998,  999],\n"
                + " [1000, 1001, 1002, ..., 1997, 1998, 1999]]", large.toString());
        String[] tall = Tensor.ofInts(IntStream.range(0, 2000).toArray(), 1000, 2).toString().split("\n");
        assertEquals(8, tall.length);
        assertEquals(" ...,", tall[4]);
        assertEquals(" [1998, 1999]]", tall[7]);
        assertTrue(Tensor.zeros(1000).toString().length() > 4000, "a thousand numbers are shown whole");
        assertTrue(Tensor.zeros(100, 100, 100).toString().length() < 2000);
    }

    @Test
    void anotherThreadsMemoryIsNotRead() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            Tensor tensor = new Tensor(arena.allocate(8), 0, Shape.of(2), 2);
            String[] said = new String[1];
            Thread other = new Thread(() -> said[0] = tensor.toString());
            other.start();
            other.join();
            assertEquals("Tensor(2,) float32, its memory belongs to another thread alone", said[0]);
        }
    }
}
