package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sizes of a tensor's axes, outermost first. An axis may be {@link #UNKNOWN} (printed {@code None}, as Keras does)
 * until a model meets its first batch. Immutable; sizes are {@code long} and every product is checked.
 */
public final class Shape {

    /** An axis whose size is not known yet: batch or time before the first call. */
    public static final long UNKNOWN = -1;

    private final long[] dims;

    private Shape(long[] dims) {
        this.dims = dims;
    }

    /**
     * A shape of the given sizes.
     *
     * @param dims sizes, outermost first; zero, positive or {@link #UNKNOWN}; none for a scalar
     * @return a shape of its own: a later change of the array does not change it
     * @throws NullPointerException if the sizes are null
     * @throws ShapeException       if a size is below {@link #UNKNOWN}
     */
    public static Shape of(long... dims) {
        Arguments.required(dims, "Shape.of", "dims", "the sizes, outermost first");
        for (long dim : dims) {
            if (dim < UNKNOWN) {
                throw new ShapeException("A size cannot be negative: got " + Arrays.toString(dims)
                        + "; use a size of at least 0, or Shape.UNKNOWN for an axis that is known later");
            }
        }
        return new Shape(dims.clone());
    }

    /**
     * The number of axes.
     *
     * @return 0 for a scalar
     */
    public int rank() {
        return dims.length;
    }

    /**
     * The size of one axis.
     *
     * @param axis 0 is the outermost; negative counts from the end, so -1 is the innermost
     * @return at least 0, or {@link #UNKNOWN}
     * @throws ShapeException if there is no such axis
     */
    public long dim(int axis) {
        return dims[index(axis)];
    }

    private int index(int axis) {
        int index = axis < 0 ? dims.length + axis : axis;
        if (index < 0 || index >= dims.length) {
            throw new ShapeException("Axis " + axis + " does not exist in shape " + this + " of rank " + rank()
                    + (rank() == 0 ? "; a scalar has no axis" : "; give " + -rank() + " to " + (rank() - 1)));
        }
        return index;
    }

    /**
     * The size of the innermost axis, which most layers call features.
     *
     * @return at least 0, or {@link #UNKNOWN}
     * @throws ShapeException if this is the shape of a scalar
     */
    public long last() {
        return dim(-1);
    }

    /**
     * Whether every axis has a size.
     *
     * @return false if one of them is {@link #UNKNOWN}
     */
    public boolean isKnown() {
        for (long dim : dims) {
            if (dim == UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    /**
     * The product of all sizes; 1 for a scalar. An unknown axis leaves it unknown, also beside one of size 0.
     *
     * @return the number of elements
     * @throws ShapeException if an axis is unknown or the product does not fit a {@code long}
     */
    public long elements() {
        requireKnown("Its elements can be counted once every axis has a size");
        boolean empty = false;
        for (long dim : dims) {
            empty |= dim == 0;
        }
        if (empty) {
            return 0;
        }
        long product = 1;
        for (long dim : dims) {
            product = checkedProduct(product, dim);
        }
        return product;
    }

    /**
     * The size of a float32 tensor of this shape without row padding.
     *
     * @return bytes
     * @throws ShapeException if an axis is unknown or the size does not fit a {@code long}
     */
    public long floatBytes() {
        return checkedProduct(elements(), Float.BYTES);
    }

    private long checkedProduct(long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException overflow) {
            throw new ShapeException("Shape " + this + " is too large: its size does not fit 63 bits");
        }
    }

    /**
     * The check at the door of whoever needs every size.
     *
     * @param why the end of the sentence: who needs them and what to do
     * @throws ShapeException naming the axes that have no size, if there are any
     */
    public void requireKnown(String why) {
        Arguments.required(why, "Shape.requireKnown", "why", "the end of the sentence");
        if (!isKnown()) {
            throw new ShapeException("Shape " + this + " leaves the size of " + unknownAxes() + " unknown. " + why);
        }
    }

    private String unknownAxes() {
        List<String> axes = new ArrayList<>();
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == UNKNOWN) {
                axes.add(String.valueOf(axis));
            }
        }
        return (axes.size() == 1 ? "axis " : "axes ") + String.join(" and ", axes) + " (None, that is " + UNKNOWN + ")";
    }

    /**
     * This shape with another size at one axis.
     *
     * @param axis 0 is the outermost; negative counts from the end
     * @param size zero, positive or {@link #UNKNOWN}
     * @return a new shape
     * @throws ShapeException if there is no such axis or the size is below {@link #UNKNOWN}
     */
    public Shape with(int axis, long size) {
        long[] changed = dims.clone();
        changed[index(axis)] = size;
        return of(changed);
    }

    /**
     * Whether memory made for another shape holds this one.
     *
     * @param largest a shape with a size on every axis
     * @return whether both have as many axes and none of this one is longer
     * @throws NullPointerException if it is null
     */
    public boolean fitsInto(Shape largest) {
        Arguments.required(largest, "Shape.fitsInto", "largest", "for example Shape.of(2, 3)");
        if (rank() != largest.rank()) {
            return false;
        }
        for (int axis = 0; axis < rank(); axis++) {
            if (dim(axis) > largest.dim(axis)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a tensor of another shape may stand where this one is declared: as many axes, and the same size on each that
     * is known on both sides.
     *
     * @param actual the shape to judge; unknown sizes are taken to fit
     * @return whether it fits
     * @throws NullPointerException if it is null
     */
    public boolean accepts(Shape actual) {
        Arguments.required(actual, "Shape.accepts", "actual", "a shape");
        if (actual.rank() != rank()) {
            return false;
        }
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] != UNKNOWN && actual.dims[axis] != UNKNOWN && dims[axis] != actual.dims[axis]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The sizes as an array.
     *
     * @return a new array, outermost first, {@link #UNKNOWN} where a size is not known
     */
    public long[] toArray() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As Keras prints a shape: {@code (None, 10, 32)}, {@code (5,)}, {@code ()}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int axis = 0; axis < dims.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(dims[axis] == UNKNOWN ? "None" : dims[axis]);
        }
        return text.append(dims.length == 1 ? ",)" : ")").toString();
    }
}
