package dev.gatun.memory;

import java.util.function.Supplier;

/** Arrays of numbers on the heap, refused in words where there is no room for them. */
final class HeapNumbers {

    /** What the JVM makes arrays of at most. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private HeapNumbers() {}

    static float[] floats(Shape shape) {
        int length = length(shape);
        return filled(shape, () -> new float[length]);
    }

    static int[] ints(Shape shape) {
        int length = length(shape);
        return filled(shape, () -> new int[length]);
    }

    /**
     * What a supplier makes of the heap.
     *
     * @throws OutOfMemoryError with the bytes asked for and those there
     */
    static <T> T filled(Shape shape, Supplier<T> arrays) {
        try {
            return arrays.get();
        } catch (OutOfMemoryError full) {
            Runtime jvm = Runtime.getRuntime();
            long left = jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
            OutOfMemoryError told = new OutOfMemoryError("The Java heap has no room for a tensor of shape " + shape
                    + ": it needs " + shape.floatBytes() + " bytes, " + left + " of " + jvm.maxMemory()
                    + " are free. Give the JVM more with -Xmx, or take a tensor of a TensorArena, which lies outside");
            told.initCause(full);
            throw told;
        }
    }

    private static int length(Shape shape) {
        long elements = shape.elements();
        if (elements > MOST) {
            throw new ShapeException("Shape " + shape + " holds " + elements + " numbers; a heap tensor holds at most "
                    + MOST + ". Use fewer samples at a time, or a tensor of a TensorArena");
        }
        return (int) elements;
    }

    /** One size of an array of arrays. */
    static int size(Shape shape, int axis) {
        if (shape.dim(axis) > MOST) {
            throw new ShapeException("An axis of shape " + shape + " is too long for an array, which has at most "
                    + MOST + " elements; take a slice");
        }
        return (int) shape.dim(axis);
    }
}
