package dev.gatun.memory;

/** Other views of a tensor's memory: nothing is copied. */
final class TensorViews {

    private TensorViews() {}

    /** The row stride of rows without padding. */
    static long unpadded(Shape shape) {
        return shape.rank() == 0 ? 1 : shape.last();
    }

    static Tensor slice(Tensor tensor, long first, long count) {
        Shape shape = tensor.shape();
        if (shape.rank() == 0) {
            throw new ShapeException("Tensor.slice: a scalar has no axis; use get()");
        }
        long size = shape.dim(0);
        if (first < 0 || count < 0 || first > size - count) {
            throw new IndexOutOfBoundsException("Tensor.slice: " + count + " entries from " + first
                    + " do not lie inside the first axis of shape " + shape + ", which has " + size);
        }
        Shape part = shape.with(0, count);
        if (count == 0) {
            // Behind a last row without its padding the memory may be at its end.
            return at(tensor, 0, part, shape.rank() == 1 ? 0 : tensor.rowStride());
        }
        if (shape.rank() == 1) {
            return at(tensor, first, part, count);
        }
        long entry = size == 0 ? 0 : tensor.rows() / size * tensor.rowStride();
        return at(tensor, first * entry, part, tensor.rowStride());
    }

    static Tensor row(Tensor tensor, long index) {
        if (tensor.shape().rank() == 0) {
            throw new ShapeException("Tensor.row: a scalar has no rows; use get()");
        }
        if (index < 0 || index >= tensor.rows()) {
            throw new IndexOutOfBoundsException("Tensor.row: index is " + index + ", but a tensor of shape "
                    + tensor.shape() + " has " + tensor.rows() + " rows");
        }
        return at(tensor, index * tensor.rowStride(), Shape.of(tensor.columns()), tensor.columns());
    }

    static Tensor reshape(Tensor tensor, Shape other) {
        if (tensor.rowStride() != tensor.columns() || other.elements() != tensor.shape().elements()) {
            throw new ShapeException("Cannot view shape " + tensor.shape() + " (row stride " + tensor.rowStride()
                    + ") as " + other);
        }
        return at(tensor, 0, other, unpadded(other));
    }

    private static Tensor at(Tensor tensor, long firstElement, Shape shape, long rowStride) {
        long begin = tensor.baseBytes() + firstElement * tensor.type().bytes();
        return new Tensor(tensor.segment(), begin, shape, rowStride, tensor.type());
    }
}
