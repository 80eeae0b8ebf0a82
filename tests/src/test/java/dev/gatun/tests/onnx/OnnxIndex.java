package dev.gatun.tests.onnx;

/** Where numbers lie, row-major. */
final class OnnxIndex {

    private OnnxIndex() {}

    static int[] of(int place, int[] shape) {
        int[] index = new int[shape.length];
        int rest = place;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    static int place(int[] index, int[] shape) {
        int place = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            OnnxEvaluator.require(index[axis] >= 0 && index[axis] < shape[axis],
                    "index " + index[axis] + " of " + shape[axis]);
            place = place * shape[axis] + index[axis];
        }
        return place;
    }
}
