package dev.gatun.layers.type.timedistributed;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;

/** Steps as samples in ONNX, which has values batch first: a change of shape. */
final class StepNodes {

    private final OnnxCall call;

    StepNodes(OnnxCall call) {
        this.call = call;
    }

    /** [B,T,...] as [B T,...]. */
    String folded() {
        OnnxValue whole = call.arguments().input();
        long[] sizes = new long[whole.shape().rank() - 1];
        sizes[0] = -1;
        for (int axis = 1; axis < sizes.length; axis++) {
            sizes[axis] = known(whole.shape(), axis + 1);
        }
        return call.node("Reshape", whole.name(), call.constants(sizes));
    }

    /** [B T,...] as [B,T,...]; an axis of 0 is the one of the value that is given another shape. */
    String unfolded() {
        OnnxValue whole = call.arguments().input();
        OnnxValue samples = call.arguments().inputs().get(1);
        long[] sizes = new long[samples.shape().rank() + 1];
        sizes[0] = -1;
        sizes[1] = known(whole.shape(), 1);
        for (int axis = 2; axis < sizes.length; axis++) {
            sizes[axis] = known(samples.shape(), axis - 1);
        }
        return call.node("Reshape", samples.name(), call.constants(sizes));
    }

    private long known(Shape shape, int axis) {
        if (shape.dim(axis) == Shape.UNKNOWN) {
            throw new IllegalArgumentException("TimeDistributed '" + call.name().replaceFirst("/[^/]*$", "")
                    + "' can be written as ONNX if all sizes but the batch are known, got shape " + shape
                    + "; give Input the number of steps");
        }
        return shape.dim(axis);
    }
}
