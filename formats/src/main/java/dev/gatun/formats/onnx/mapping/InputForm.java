package dev.gatun.formats.onnx.mapping;

import java.util.Arrays;
import java.util.List;

/**
 * How an input of the graph is an input of the model.
 *
 * @param input       its number
 * @param order       for each axis of the model's that of ONNX, the batch first
 * @param lengths     of sequences, or which steps count, which is a mask in the model; null if it holds none
 * @param isWhole     whether it holds whole numbers, though the file has floats
 * @param isCertain   whether a node has said which axis is the batch
 * @param isReordered whether a node has said in which order the others are
 */
record InputForm(
        int input, List<Integer> order, Lengths lengths, boolean isWhole, boolean isCertain, boolean isReordered) {

    /**
     * Which steps of sequences count.
     *
     * @param time   of the sequences; -1 if it is not known
     * @param isMask whether the graph has a mask as well, and not lengths
     */
    record Lengths(long time, boolean isMask) {}

    /** @param batch the axis of the batch; the others stay in their order */
    static InputForm batchAt(int input, int batch, int rank, boolean isCertain) {
        Integer[] order = new Integer[rank];
        order[0] = batch;
        for (int axis = 0, place = 1; axis < rank; axis++) {
            if (axis != batch) {
                order[place++] = axis;
            }
        }
        return new InputForm(input, Arrays.asList(order), null, false, isCertain, false);
    }

    /** One that lies in the model as in the file, whatever reads it. */
    static InputForm asItLies(int input, int rank) {
        return new InputForm(input, batchAt(input, 0, rank, true).order(), null, false, true, true);
    }

    InputForm reordered(List<Integer> other) {
        return new InputForm(input, other, lengths, isWhole, isCertain, true);
    }

    InputForm whole() {
        return new InputForm(input, order, lengths, true, isCertain, isReordered);
    }

    InputForm lengths(long time) {
        return new InputForm(input, order, new Lengths(time, false), isWhole, true, true);
    }

    InputForm mask(long time) {
        return new InputForm(input, order, new Lengths(time, true), true, true, true);
    }

    /** Whether it holds lengths, where the model has a mask. */
    boolean isLengths() {
        return lengths != null && !lengths.isMask();
    }

    int batch() {
        return order.getFirst();
    }
}
