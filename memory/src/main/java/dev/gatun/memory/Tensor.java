package dev.gatun.memory;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * Numbers somewhere in memory: a segment, a byte offset, a shape, a row stride, and whether they are float32 or int32. It
 * holds, it does not compute. A row is the innermost axis; rows may be padded, so that {@code rowStride >= shape.last()}.
 *
 * <p>{@link #of}, {@link #ofInts} and {@link #zeros} make tensors on the heap for the door of the API; inside a model tensors
 * lie in a {@link TensorArena}. Of two tensors neither is equal to the other, since numbers in memory change: compare
 * {@link #toArray}.
 */
public final class Tensor {

    private static final String EVERY_AXIS = "A tensor has a size on every axis: give one";
    private static final String SIZES = "the sizes, outermost first";

    private final MemorySegment segment;
    private final long baseBytes;
    private final Shape shape;
    private final long rowStride;
    private final DataType type;

    /**
     * A view of float32 numbers that are already there, its rows without padding: nothing is copied.
     *
     * @param segment   where the numbers are, native or heap
     * @param baseBytes byte offset of the first number in the segment
     * @param shape     a size on every axis
     * @throws NullPointerException if the segment or the shape is null
     * @throws ShapeException       if a size is unknown, or the tensor does not lie inside the segment
     */
    public Tensor(MemorySegment segment, long baseBytes, Shape shape) {
        this(segment, baseBytes, shape, TensorViews.unpadded(
                Arguments.required(shape, "Tensor", "shape", "for example Shape.of(2, 3)")));
    }

    /**
     * A view of float32 numbers that are already there: nothing is copied.
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
        this(segment, baseBytes, shape, rowStride, DataType.FLOAT32);
    }

    /**
     * A view of numbers that are already there: nothing is copied.
     *
     * @param segment   where the numbers are, native or heap
     * @param baseBytes byte offset of the first number in the segment
     * @param shape     a size on every axis
     * @param rowStride elements from one row to the next, at least {@code shape.last()}; at least 1 for a scalar
     * @param type      what they are
     * @throws NullPointerException if the segment, the shape or the type is null
     * @throws ShapeException       if a size is unknown, the row stride is too short, or the tensor does not lie inside the
     *                              segment
     */
    public Tensor(MemorySegment segment, long baseBytes, Shape shape, long rowStride, DataType type) {
        Arguments.required(segment, "Tensor", "segment", "the memory of the numbers");
        Arguments.required(shape, "Tensor", "shape", "for example Shape.of(2, 3)");
        Arguments.required(type, "Tensor", "type", "for example DataType.FLOAT32");
        shape.requireKnown(EVERY_AXIS);
        this.segment = segment;
        this.baseBytes = baseBytes;
        this.shape = shape;
        this.rowStride = rowStride;
        this.type = type;
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
                            Math.addExact(Math.multiplyExact(rows - 1, rowStride), columns()), (long) type.bytes());
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
        return heap("Tensor.of", MemorySegment.ofArray(values), dims, DataType.FLOAT32);
    }

    /**
     * A heap tensor of the given rows, which are copied.
     *
     * @param values [N][F]: rows of one length
     * @return a tensor [N,F]; [0,0] if there is no row
     * @throws NullPointerException if the array or a row is null
     * @throws ShapeException       if a row has another length than the first, naming it, or there are too many numbers for an
     *                              array
     * @throws OutOfMemoryError     if the heap has no room for it, with the bytes asked for and those there
     */
    public static Tensor of(float[][] values) {
        return NestedArrays.of(values);
    }

    /**
     * A heap tensor of the given sequences, which are copied.
     *
     * @param values [N][T][F]: as many steps in each sequence, and as many numbers in each step
     * @return a tensor [N,T,F]; sizes are 0 where nothing says them
     * @throws NullPointerException if the array or a part of it is null
     * @throws ShapeException       if a part has another length than the first, naming it, or there are too many numbers for an
     *                              array
     * @throws OutOfMemoryError     if the heap has no room for it, with the bytes asked for and those there
     */
    public static Tensor of(float[][][] values) {
        return NestedArrays.of(values);
    }

    /**
     * A heap tensor of whole numbers over the given array, which is not copied: a change of one is seen in the other.
     *
     * @param values the numbers, row-major
     * @param dims   sizes, outermost first; none for a scalar
     * @return an int32 tensor without row padding
     * @throws NullPointerException if an argument is null
     * @throws ShapeException       if a size is negative or unknown, or the array's length is not the product of the sizes
     */
    public static Tensor ofInts(int[] values, long... dims) {
        Arguments.required(values, "Tensor.ofInts", "values", "the numbers, row-major");
        return heap("Tensor.ofInts", MemorySegment.ofArray(values), dims, DataType.INT32);
    }

    /**
     * A heap tensor of the given rows of whole numbers, which are copied.
     *
     * @param values [N][T]: rows of one length
     * @return an int32 tensor [N,T]; [0,0] if there is no row
     * @throws NullPointerException if the array or a row is null
     * @throws ShapeException       if a row has another length than the first, naming it, or there are too many numbers for an
     *                              array
     * @throws OutOfMemoryError     if the heap has no room for it, with the bytes asked for and those there
     */
    public static Tensor ofInts(int[][] values) {
        return NestedArrays.ofInts(values);
    }

    private static Tensor heap(String who, MemorySegment values, long[] dims, DataType type) {
        Shape shape = Shape.of(Arguments.required(dims, who, "dims", SIZES));
        shape.requireKnown(EVERY_AXIS);
        long length = values.byteSize() / type.bytes();
        if (shape.elements() != length) {
            throw new ShapeException("Shape " + shape + " holds " + shape.elements() + " numbers, but the array has "
                    + length + "; give sizes whose product is the array's length");
        }
        return new Tensor(values, 0, shape, TensorViews.unpadded(shape), type);
    }

    /**
     * A new heap tensor of float32 zeros.
     *
     * @param dims sizes, outermost first
     * @return a tensor of that shape
     * @throws ShapeException   if a size is negative or unknown, or they are too many numbers for an array
     * @throws OutOfMemoryError if the heap has no room for it, with the bytes asked for and those there
     */
    public static Tensor zeros(long... dims) {
        Shape shape = Shape.of(Arguments.required(dims, "Tensor.zeros", "dims", SIZES));
        shape.requireKnown(EVERY_AXIS);
        return of(HeapNumbers.floats(shape), dims);
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
     * What the numbers are.
     *
     * @return float32 unless the tensor was made of whole numbers
     */
    public DataType type() {
        return type;
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
        return rowStride * type.bytes();
    }

    /**
     * One number of a float32 tensor.
     *
     * @param index one number for each axis, from 0
     * @return the number there
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalArgumentException  if the tensor holds whole numbers
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public float get(long... index) {
        return Float.intBitsToFloat(word(DataType.FLOAT32, "Tensor.get", "use getInt", index));
    }

    /**
     * Changes one number of a float32 tensor.
     *
     * @param value what it becomes
     * @param index one number for each axis, from 0
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalArgumentException  if the memory is read-only, or the tensor holds whole numbers
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public void set(float value, long... index) {
        word(DataType.FLOAT32, "Tensor.set", "use setInt", index, Float.floatToRawIntBits(value));
    }

    /**
     * One number of an int32 tensor.
     *
     * @param index one number for each axis, from 0
     * @return the number there
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalArgumentException  if the tensor holds float32 numbers
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public int getInt(long... index) {
        return word(DataType.INT32, "Tensor.getInt", "use get", index);
    }

    /**
     * Changes one number of a int32 tensor.
     *
     * @param value what it becomes
     * @param index one number for each axis, from 0
     * @throws ShapeException            if there are more or fewer numbers than axes
     * @throws IndexOutOfBoundsException if one of them is outside its axis
     * @throws IllegalArgumentException  if the memory is read-only, or the tensor holds float32 numbers
     * @throws IllegalStateException     if the memory has been freed, or belongs to another thread alone
     */
    public void setInt(int value, long... index) {
        word(DataType.INT32, "Tensor.setInt", "use set", index, value);
    }

    /**
     * The check at the door of whoever takes numbers of one type.
     *
     * @param expected what is taken
     * @param who      who takes them, for the message: {@code Weight 'lstm/kernel'}
     * @throws IllegalArgumentException if the tensor holds others, with the fix
     */
    public void requireType(DataType expected, String who) {
        Arguments.required(expected, "Tensor.requireType", "expected", "for example DataType.FLOAT32");
        Arguments.required(who, "Tensor.requireType", "who", "who takes the numbers, for the message");
        requireType(expected, who, expected == DataType.FLOAT32
                ? "make them floats: Tensor.of(float[], ...)"
                : "make them whole numbers: Tensor.ofInts(int[], ...)");
    }

    private void requireType(DataType expected, String who, String fix) {
        if (type != expected) {
            throw new IllegalArgumentException(who + ": expected numbers of type " + expected
                    + ", got a tensor of shape " + shape + " and type " + type + "; " + fix);
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

    /** The four bytes of a number. */
    private int word(DataType expected, String who, String fix, long[] index) {
        long at = addressOf(expected, who, fix, index);
        try {
            return segment.get(JAVA_INT_UNALIGNED, at);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    private void word(DataType expected, String who, String fix, long[] index, int word) {
        long at = addressOf(expected, who, fix, index);
        requireWritable();
        try {
            segment.set(JAVA_INT_UNALIGNED, at, word);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    private long addressOf(DataType expected, String who, String fix, long[] index) {
        Arguments.required(index, who, "index", "a number for each axis");
        requireType(expected, who, fix);
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
        return baseBytes + (row * rowStride + column) * type.bytes();
    }

    /**
     * The numbers of a float32 tensor in row-major order without padding, on the heap.
     *
     * @return a new array
     * @throws ShapeException           if there are more numbers than an array holds
     * @throws IllegalArgumentException if the tensor holds whole numbers
     * @throws IllegalStateException    if the memory has been freed, or belongs to another thread alone
     * @throws OutOfMemoryError         if the heap has no room, with the bytes asked for and those there
     */
    public float[] toArray() {
        requireType(DataType.FLOAT32, "Tensor.toArray", "use toIntArray");
        float[] values = HeapNumbers.floats(shape);
        copyTo(of(values, shape.toArray()));
        return values;
    }

    /**
     * The numbers of an int32 tensor in row-major order without padding, on the heap.
     *
     * @return a new array
     * @throws ShapeException           if there are more numbers than an array holds
     * @throws IllegalArgumentException if the tensor holds float32 numbers
     * @throws IllegalStateException    if the memory has been freed, or belongs to another thread alone
     * @throws OutOfMemoryError         if the heap has no room, with the bytes asked for and those there
     */
    public int[] toIntArray() {
        requireType(DataType.INT32, "Tensor.toIntArray", "use toArray");
        int[] values = HeapNumbers.ints(shape);
        copyTo(ofInts(values, shape.toArray()));
        return values;
    }

    /**
     * The rows of a float32 tensor of rank 2, on the heap.
     *
     * @return a new array [N][F] for [N,F]
     * @throws ShapeException           if the rank is another, or an axis is longer than an array
     * @throws IllegalArgumentException if the tensor holds whole numbers
     * @throws IllegalStateException    if the memory has been freed, or belongs to another thread alone
     * @throws OutOfMemoryError         if the heap has no room, with the bytes asked for and those there
     */
    public float[][] toArray2() {
        requireNested(2, "Tensor.toArray2");
        try {
            return NestedArrays.rows(this);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    /**
     * The sequences of a float32 tensor of rank 3, on the heap.
     *
     * @return a new array [N][T][F] for [N,T,F]
     * @throws ShapeException           if the rank is another, or an axis is longer than an array
     * @throws IllegalArgumentException if the tensor holds whole numbers
     * @throws IllegalStateException    if the memory has been freed, or belongs to another thread alone
     * @throws OutOfMemoryError         if the heap has no room, with the bytes asked for and those there
     */
    public float[][][] toArray3() {
        requireNested(3, "Tensor.toArray3");
        try {
            return NestedArrays.cube(this);
        } catch (IllegalStateException freed) {
            throw inWords(freed);
        }
    }

    private void requireNested(int rank, String method) {
        requireType(DataType.FLOAT32, method, "use toIntArray");
        if (shape.rank() != rank) {
            throw new ShapeException(method + " is for tensors of rank " + rank + ", this one has shape " + shape
                    + "; " + (shape.rank() == 2 || shape.rank() == 3
                            ? "use toArray" + shape.rank()
                            : "use toArray, which gives all numbers in one row"));
        }
        requireAlive();
    }

    /**
     * A part of the first axis, in the same memory: nothing is copied.
     *
     * @param first where it begins, from 0
     * @param count how many entries, at least 0
     * @return a view of [count,...]
     * @throws ShapeException            if the tensor is a scalar, which has no axis
     * @throws IndexOutOfBoundsException if the part does not lie inside the axis
     */
    public Tensor slice(long first, long count) {
        return TensorViews.slice(this, first, count);
    }

    /**
     * One of the {@link #rows}, in the same memory: nothing is copied.
     *
     * @param index from 0, in the order of the leading axes: row {@code t} of sequence {@code n} of [N,T,F] is {@code n T + t}
     * @return a view of [F]
     * @throws ShapeException            if the tensor is a scalar, which has no row
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Tensor row(long index) {
        return TensorViews.row(this, index);
    }

    /**
     * Copies all rows into another tensor of the same shape; paddings stay as they are.
     *
     * @param target written
     * @throws ShapeException           if the shapes differ
     * @throws IllegalArgumentException if the target's memory is read-only, or it holds numbers of another type
     * @throws IllegalStateException    if the memory of one of them has been freed, or belongs to another thread alone
     */
    public void copyTo(Tensor target) {
        Arguments.required(target, "Tensor.copyTo", "target", "a tensor to write");
        if (!shape.equals(target.shape)) {
            throw new ShapeException("Cannot copy a tensor of shape " + shape + " into one of shape " + target.shape);
        }
        target.requireType(type, "Tensor.copyTo");
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
        long bytes = columns() * type.bytes();
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
        return TensorViews.reshape(this, Shape.of(dims));
    }

    /** Shape, type and numbers; of more than 1000 numbers the first and last three of each axis. */
    @Override
    public String toString() {
        return TensorText.of(this);
    }
}
