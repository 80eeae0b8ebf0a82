package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.ConstantState;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a recurrent node begins at: zeros, other numbers, or values.
 *
 * @param call       the node
 * @param read       the sequence it reads
 * @param units      H
 * @param directions 1 or 2
 * @param byBatch    whether the batch is the first axis, as in layout 1
 */
record InitialStates(NodeCall call, Ref read, int units, int directions, boolean byBatch) {

    private static final int FIRST_INPUT = 5;

    /** @return in the order of the layer's states; empty if all are zeros */
    List<Ref> refs() {
        int states = call.node().operator().equals("LSTM") ? 2 : 1;
        boolean isZero = true;
        for (int state = 0; state < states; state++) {
            isZero &= isZero(FIRST_INPUT + state);
        }
        List<Ref> refs = new ArrayList<>();
        for (int direction = 0; direction < directions && !isZero; direction++) {
            for (int state = 0; state < states; state++) {
                refs.add(ref(FIRST_INPUT + state, direction));
            }
        }
        return refs;
    }

    private boolean isZero(int input) {
        if (!call.has(input)) {
            return true;
        }
        if (call.value(input) instanceof Constant constant) {
            requireShape(constant.numbers().shape(), input);
            return constant.isAll(0);
        }
        return false;
    }

    private void requireShape(int[] shape, int input) {
        if (shape.length != 3 || shape[2] != units && shape[2] != 1
                || shape[byBatch ? 1 : 0] != directions && shape[byBatch ? 1 : 0] != 1) {
            throw new NotMapped("begins at " + call.name(input) + " of shape " + Arrays.toString(shape) + ", expected "
                    + (byBatch ? "batch, " + directions : directions + ", batch") + ", " + units);
        }
    }

    private Ref ref(int input, int direction) {
        Value value = call.has(input) ? call.value(input) : null;
        if (value instanceof Tracked tracked) {
            return tracked(tracked, input, direction);
        }
        float[] numbers = value instanceof Constant constant ? row(constant.numbers(), direction) : new float[units];
        Tensor tensor = numbers.length == units
                ? Tensor.of(numbers, units)
                : Tensor.of(numbers, numbers.length / units, units);
        if (numbers.length > units) {
            call.graph()
                    .note(call.node().label() + " begins at other numbers for each sample, so every batch has to have "
                            + numbers.length / units + " of them");
        }
        return PlannedCall.of(call.graph().plain(call.wish() + "_state", ConstantState.of(tensor)), read).output(0);
    }

    /** The numbers of a direction, of one row if those of all samples are equal. */
    private float[] row(NumberArray array, int direction) {
        int batch = array.size(byBatch ? 0 : 1);
        int width = array.size(2);
        float[] all = WeightNumbers.floats(array);
        float[] rows = new float[batch * units];
        for (int sample = 0; sample < batch; sample++) {
            int ofDirection = array.size(byBatch ? 1 : 0) == 1 ? 0 : direction;
            int row = byBatch ? sample * array.size(1) + ofDirection : ofDirection * batch + sample;
            for (int unit = 0; unit < units; unit++) {
                rows[sample * units + unit] = all[row * width + (width == 1 ? 0 : unit)];
            }
        }
        float[] first = Arrays.copyOf(rows, units);
        for (int sample = 1; sample < batch; sample++) {
            if (!Arrays.equals(first, Arrays.copyOfRange(rows, sample * units, (sample + 1) * units))) {
                return rows;
            }
        }
        return first;
    }

    private Ref tracked(Tracked state, int input, int direction) {
        if (state.onnx().rank() != 3) {
            throw new NotMapped("begins at " + call.name(input) + " of axes " + state.onnx() + ", expected three");
        }
        int batchAxis = byBatch ? 0 : 1;
        List<Factor> batch = Axes.plain(state.onnx().get(batchAxis));
        if (!batch.equals(List.of(call.graph().batch()))) {
            throw call.graph().inputs().notBatch(state.onnx().get(batchAxis),
                    "the axis " + batch + " of " + call.name(input));
        }
        long found = Axes.size(state.onnx().get(byBatch ? 1 : 0));
        if (found != directions || Axes.size(state.onnx().get(2)) != units) {
            throw new NotMapped(
                    "begins at " + call.name(input) + " of axes " + state.onnx() + ", expected " + directions
                            + " of " + units);
        }
        Tracked half = directions == 1
                ? state
                : new Cuts(call).part(state, byBatch ? 1 : 0, direction, direction + 1, 1);
        Axes target = new Axes(List.of(List.of(call.graph().batch()), Axes.plain(half.onnx().get(2))));
        return call.graph().arrangement().arranged(half, target);
    }
}
