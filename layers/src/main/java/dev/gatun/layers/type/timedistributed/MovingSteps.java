package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.List;

/**
 * Samples made of steps, or steps of samples.
 *
 * @param back whether the second input's samples become steps of the first
 */
record MovingSteps(boolean back) implements BuiltLayer {

    @Override
    public List<WeightSpec> weights() {
        return List.of();
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        long batch = shapes.input().dim(0);
        long time = shapes.input().dim(1);
        return List.of(back ? unfolded(batch, time, shapes.inputs().get(1)) : folded(batch, time, shapes.input()));
    }

    private static Shape folded(long batch, long time, Shape whole) {
        long[] sizes = whole.toArray();
        long[] folded = new long[sizes.length - 1];
        System.arraycopy(sizes, 1, folded, 0, folded.length);
        folded[0] = batch == Shape.UNKNOWN || time == Shape.UNKNOWN ? Shape.UNKNOWN : batch * time;
        return Shape.of(folded);
    }

    private static Shape unfolded(long batch, long time, Shape samples) {
        if (samples.rank() > 3) {
            throw new ShapeException("what it makes of each step has shape " + samples
                    + "; a value has at most four axes, so each step may be at most a sequence [steps, features]");
        }
        long[] sizes = samples.toArray();
        long[] unfolded = new long[sizes.length + 1];
        System.arraycopy(sizes, 0, unfolded, 1, sizes.length);
        unfolded[0] = batch;
        unfolded[1] = time;
        return Shape.of(unfolded);
    }

    @Override
    public Operation operation(PlanContext context) {
        return new MoveOperation(context, back,
                outputShapes(context.arguments().map(value -> value.shape())).getFirst());
    }
}
