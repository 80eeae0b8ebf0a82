package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.folding.Moves;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.ConstantState;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Numbers that are the same for each sample, where values of the model are needed: a ConstantState. */
final class FixedValues {

    private FixedValues() {}

    /** @param beside a value that they stand beside */
    static Tracked of(NodeCall call, Constant constant, Tracked beside) {
        List<Factor> batch = List.of(call.graph().batch());
        List<List<Factor>> onnx = new ArrayList<>();
        List<Factor> all = new ArrayList<>();
        boolean hasBatch = false;
        NumberArray numbers = constant.numbers();
        for (int axis = 0; axis < constant.rank(); axis++) {
            List<Factor> repeated = Axes.plain(constant.axes().get(axis));
            int size = numbers.size(axis);
            boolean isBatch = repeated.equals(batch) || axis < beside.onnx().rank()
                    && Axes.equal(beside.onnx().get(axis), batch) && size == call.graph().batch().size()
                    && Moves.isAlike(numbers, axis);
            if (isBatch && !hasBatch) {
                numbers = Moves.part(numbers, axis, 0, 1, 1);
                hasBatch = true;
                onnx.add(batch);
            } else if (repeated.isEmpty()) {
                List<Factor> own = size == 1 ? List.of() : List.of(Factor.of(size));
                all.addAll(own);
                onnx.add(own);
            } else {
                throw new NotMapped("reads numbers that are repeated for " + repeated
                        + ", which is known only when the model runs");
            }
        }
        if (!hasBatch) {
            throw new NotMapped("reads numbers that do not depend on the batch, where a layer reads samples");
        }
        float[] floats = WeightNumbers.floats(numbers);
        Ref ref = PlannedCall.of(call.graph().plain(call.wish() + "_numbers",
                ConstantState.of(Tensor.of(floats, floats.length))), sequence(call)).output(0);
        return Tracked.of(ref, new Axes(List.of(batch, all)), new Axes(onnx));
    }

    /** Any value of three axes, of which the layer takes the size of the batch. */
    private static Ref sequence(NodeCall call) {
        GraphInputs inputs = call.graph().inputs();
        for (int input = 0; input < inputs.refs().size(); input++) {
            if (inputs.tracked(input) != null && inputs.tracked(input).axes().rank() == 3) {
                return inputs.refs().get(input);
            }
        }
        throw new NotMapped("reads numbers that are the same for each sample in a graph without a sequence");
    }
}
