package dev.gatun.formats.onnx.operator;

/** Where numbers of a tensor lie, and where those of a view of it do. */
final class Strides {

    private Strides() {}

    /** How far apart neighbours along each axis lie, row-major. */
    static int[] of(int... shape) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.max(1, shape[axis]);
        }
        return strides;
    }

    /**
     * For each number of a view, row-major, which one of the tensor it is.
     *
     * @param shape   of the view
     * @param start   the first
     * @param strides of the view in the tensor, by axis; 0 repeats, below zero goes back
     */
    static int[] indices(int[] shape, int start, int[] strides) {
        int[] indices = new int[Storage.count(shape)];
        if (indices.length == 0) {
            return indices;
        }
        int[] at = new int[shape.length];
        int index = start;
        for (int i = 0; i < indices.length; i++) {
            indices[i] = index;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index += strides[axis];
                if (++at[axis] < shape[axis]) {
                    break;
                }
                index -= strides[axis] * shape[axis];
                at[axis] = 0;
            }
        }
        return indices;
    }

    /** The product of the sizes from one axis up to another. */
    static int product(int[] shape, int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, shape[axis]);
        }
        return product;
    }
}
