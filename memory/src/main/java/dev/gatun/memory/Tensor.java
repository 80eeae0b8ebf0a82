package dev.gatun.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * Float32 numbers somewhere in memory: a segment, a byte offset, a shape and a row stride. It holds, it does not
 * compute. A row is the innermost axis; rows may be padded, so that {@code rowStride >= shape.last()}.
 *
 * <p>{@link #of} and {@link #zeros} make tensors on the heap for the door of the API; inside a model tensors lie in a
 * {@link TensorArena}.
 */
public final class Tensor {

    private static final String EVERY_AXIS = "A tensor has a size on every axis: give one";

    private final MemorySegment segment;
    private final long baseBytes;
    private final Shape shape;
    private final long rowStride;

    /**
     * A view of memory that is already there: nothing is copied.
     *
     * @param segment   where the numbers are, native or heap
     * @param baseBytes byte offset of the first number in the segment
     * @param shape     a size on every axis
     * @param rowStride elements from one row to the next, at least {@code shape.last()}; at least 1 for a scalar
     * @throws NullPointerException if the segment or the shape is null
     * @throws ShapeException       if a size is unknown, the row stride is too short, or the tensor does not lie inside the
     *                              segment
     */
    public Tensor(MemorySegment segment, long baseBytes, Shape shape, long rowStride) {
        Arguments.required(segment, "Tensor", "segment", "the memory of the numbers");
        Arguments.required(shape, "Tensor", "shape", "for example Shape.of(2, 3)");
        shape.requireKnown(EVERY_AXIS);
        this.segment = segment;
        this.baseBytes = baseBytes;
        this.shape = shape;
        this.rowStride = rowStride;
        long columns = columns();
        if (rowStride < columns) {
            throw new ShapeException("Row stride " + rowStride + " is shorter than a row of shape " + shape);
        }
        long span = span();
        if (baseBytes < 0 || span > segment.byteSize() - baseBytes) {
            throw new ShapeException("A tensor of shape " + shape + " needs " + span + " bytes from byte " + baseBytes
                    + ", but the memory has " + segment.byteSize() + " bytes");
        }
    }

    /** Bytes from the first number to the end of the last. */
    private long span() {
        try {
            long rows = rows();
            return rows == 0 || columns() == 0
                    ? 0
                    : Math.multiplyExact(
                            Math.addExact(Math.multiplyExact(rows - 1, rowStride), columns()), (long) Float.BYTES);
        } catch (ArithmeticException overflow) {
            throw new ShapeException("A tensor of shape " + shape + " with a row stride of " + rowStride
                    + " is too large: its size does not fit 63 bits");
        }
    }

    /**
     * A heap tensor over the given numbers. The array is not copied: a change of one is seen in the other.
     *
     * @param values the numbers, row-major
     * @param dims   sizes, outermost first; none for a scalar
     * @return a tensor without row padding
     * @throws NullPointerException if an argument is null
     * @throws ShapeException       if a size is negative or unknown, or the array's length is not the product of the sizes
     */
    public static Tensor of(float[] values, long... dims) {
        Arguments.required(values, "Tensor.of", "values", "the numbers, row-major");
        Shape shape = Shape.of(Arguments.required(dims, "Tensor.of", "dims", "the sizes, outermost first"));
        shape.requireKnown(EVERY_AXIS);
        if (shape.elements() != values.length) {
            throw new ShapeException("Shape " + shape + " holds " + shape.elements() + " numbers, but the array has "
                    + values.length + "; give sizes whose product is the array's length");
        }
        return new Tensor(MemorySegment.ofArray(values), 0, shape, shape.rank() == 0 ? 1 : shape.last());
    }

    /**
     * A new heap tensor of zeros.
     *
     * @param dims sizes, outermost first
     * @return a tensor of that shape
     * @throws ShapeException   if a size is negative or unknown, or they are too many numbers for an array
     * @throws OutOfMemoryError if the heap has no room for it, with the bytes asked for and those there
     */
    public static Tensor zeros(long... dims) {
        return of(heapArray(Shape.of(Arguments.required(dims, "Tensor.zeros", "dims", "the sizes, outermost first"))),
                dims);
    }

    private static float[] heapArray(Shape shape) {
        int length = heapLength(shape);
        try {
            return new float[length];
        } catch (OutOfMemoryError full) {
            Runtime jvm = Runtime.getRuntime();
            long left = jvm.maxMemory() - (jvm.totalMemory() - jvm.freeMemory());
            OutOfMemoryError told = new OutOfMemoryError("The Java heap has no room for a tensor of shape " + shape
                    + ": it needs " + (long) length * Float.BYTES + " bytes, " + left + " of " + jvm.maxMemory()
                    + " are free. Give the JVM more with -Xmx, or take a tensor of a TensorArena, which lies outside");
            told.initCause(full);
            throw told;
        }
    }

    private static int heapLength(Shape shape) {
        shape.requireKnown(EVERY_AXIS);
        long elements = shape.elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new ShapeException("Shape " + shape + " holds " + elements + " numbers; a heap tensor holds at most "
                    + (Integer.MAX_VALUE - 8) + ". Use fewer samples at a time, or a tensor of a TensorArena");
        }
        return (int) elements;
    }

    /**
     * The memory that the numbers lie in, perhaps with those of other tensors.
     *
     * @return native or heap; may be read-only
     */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Where the first number lies in {@link #segment}.
     *
     * @return bytes from the start of the segment
     */
    public long baseBytes() {
        return baseBytes;
    }

    /**
     * The sizes of the axes.
     *
     * @return a size on every axis
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The distance from one row to the next, padding included.
     *
     * @return elements, at least {@link #columns}
     */
    public long rowStride() {
        return rowStride;
    }

    /**
     * The number of rows: the product of all sizes but the innermost.
     *
     * @return 1 for a scalar or a vector
     */
    public long rows() {
        long rows = 1;
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            rows = Math.multiplyExact(rows, shape.dim(axis));
        }
        return rows;
    }

    /**
     * The numbers in a row, padding not included: the innermost size.
     *
     * @return 1 for a scalar
     */
    public long columns() {
        return shape.rank() == 0 ? 1 : shape.last();
    }

    /**
     * The distance from one row to the next, padding included.
     *
     * @return bytes
     */
    public long rowBytes() {
        return rowStride * Float.BYTES;
    }

    /**
     * One number.
     *
     * @param index one number for each axis, from 0
     * @return the number there
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public float get(long... index) {
        Arguments.required(index, "Tensor.get", "index", "a number for each axis");
        long at = addressOf(index);
        try {
            return segment.get(JAVA_FLOAT_UNALIGNED, at);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    /**
     * Changes one number.
     *
     * @param value what it becomes
     * @param index one number for each axis, from 0
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalArgumentException  if the memory is read-only
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public void set(float value, long... index) {
        Arguments.required(index, "Tensor.set", "index", "a number for each axis");
        long at = addressOf(index);
        requireWritable();
        try {
            segment.set(JAVA_FLOAT_UNALIGNED, at, value);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    /**
     * The check at the door of whoever is about to read the numbers.
     *
     * @throws IllegalStateException if the memory has been freed, or belongs to another thread alone
     */
    public void requireAlive() {
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("The memory of this tensor of shape " + shape
                    + " has been freed: its arena or model is closed. Copy the numbers (toArray) before closing, or close later");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new IllegalStateException("The memory of this tensor of shape " + shape
                    + " belongs to another thread alone, so thread '" + Thread.currentThread().getName()
                    + "' cannot use it; allocate it in a shared arena, or copy the numbers there (toArray)");
        }
    }

    /**
     * The check at the door of whoever is about to write the numbers.
     *
     * @throws IllegalArgumentException if the memory is read-only
     */
    public void requireWritable() {
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException("The memory of this tensor of shape " + shape
                    + " is read-only; copy the numbers (toArray) and change the copy");
        }
    }

    /** What to throw if the memory was freed between the check at the door and the access. */
    private IllegalStateException inWords(IllegalStateException freed) {
        requireAlive();
        return freed;
    }

    private long addressOf(long[] index) {
        requireAlive();
        if (index.length != shape.rank()) {
            throw new ShapeException("An index of " + index.length + " numbers does not fit shape " + shape);
        }
        long row = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape.dim(axis)) {
                throw new IndexOutOfBoundsException("Index " + index[axis] + " at axis " + axis + " of shape " + shape);
            }
            if (axis < index.length - 1) {
                row = row * shape.dim(axis) + index[axis];
            }
        }
        long column = index.length == 0 ? 0 : index[index.length - 1];
        return baseBytes + (row * rowStride + column) * Float.BYTES;
    }

    /**
     * The numbers in row-major order without padding, on the heap.
     *
     * @return a new array
     * @throws ShapeException        if there are more numbers than an array holds
     * @throws IllegalStateException if the memory has been freed, or belongs to another thread alone
     */
    public float[] toArray() {
        float[] values = heapArray(shape);
        copyTo(of(values, shape.toArray()));
        return values;
    }

    /**
     * Copies all rows into another tensor of the same shape; paddings stay as they are.
     *
     * @param target written
     * @throws ShapeException           if the shapes differ
     * @throws IllegalArgumentException if the target's memory is read-only
     * @throws IllegalStateException    if the memory of one of them has been freed, or belongs to another thread alone
     */
    public void copyTo(Tensor target) {
        Arguments.required(target, "Tensor.copyTo", "target", "a tensor to write");
        if (!shape.equals(target.shape)) {
            throw new ShapeException("Cannot copy a tensor of shape " + shape + " into one of shape " + target.shape);
        }
        requireAlive();
        target.requireAlive();
        target.requireWritable();
        try {
            copyRows(target);
        } catch (IllegalStateException freed) {
            target.requireAlive();
            throw inWords(freed);
        }
    }

    private void copyRows(Tensor target) {
        long rows = rows();
        long bytes = columns() * Float.BYTES;
        if (rowStride == columns() && target.rowStride == columns()) {
            MemorySegment.copy(segment, baseBytes, target.segment, target.baseBytes, rows * bytes);
            return;
        }
        for (long row = 0; row < rows; row++) {
            MemorySegment.copy(
                    segment, baseBytes + row * rowBytes(), target.segment, target.baseBytes + row * target.rowBytes(),
                    bytes);
        }
    }

    /**
     * The same memory under another shape: nothing is copied. For tensors without row padding alone.
     *
     * @param dims sizes, outermost first, whose product is the number of elements
     * @return a view of the same numbers, row-major
     * @throws NullPointerException if the sizes are null
     * @throws ShapeException       if a size is negative or unknown, the product is another, or the rows are padded
     */
    public Tensor reshape(long... dims) {
        Arguments.required(dims, "Tensor.reshape", "dims", "the sizes, outermost first");
        Shape other = Shape.of(dims);
        if (rowStride != columns() || other.elements() != shape.elements()) {
            throw new ShapeException("Cannot view shape " + shape + " (row stride " + rowStride + ") as " + other);
        }
        return new Tensor(segment, baseBytes, other, other.rank() == 0 ? 1 : other.last());
    }

    @Override
    public String toString() {
        return "Tensor" + shape;
    }
}
