package dev.gatun.layers.type.slicing;

import dev.gatun.layers.OnnxCall;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link dev.gatun.layers.Slicing} as ONNX's Slice, which counts from the end and stops there as Python does.
 *
 * @param parts of the axes behind the batch
 * @param call  takes the nodes
 */
record SlicingNodes(List<AxisPart> parts, OnnxCall call) {

    String output() {
        List<Long> begins = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        List<Long> axes = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        List<Long> single = new ArrayList<>();
        for (int axis = 1; axis <= parts.size(); axis++) {
            AxisPart part = parts.get(axis - 1);
            if (!part.equals(AxisPart.WHOLE)) {
                begins.add(begin(part));
                ends.add(end(part));
                axes.add((long) axis);
                steps.add((long) part.step());
            }
            if (part.single()) {
                single.add((long) axis);
            }
        }
        String x = call.floats(call.arguments().input());
        String taken = axes.isEmpty()
                ? x
                : call.node("Slice", x, constants(begins), constants(ends), constants(axes), constants(steps));
        return single.isEmpty() ? taken : call.node("Squeeze", taken, constants(single));
    }

    private static long begin(AxisPart part) {
        if (part.begin() != null) {
            return part.begin();
        }
        return part.step() > 0 ? 0 : Long.MAX_VALUE;
    }

    private static long end(AxisPart part) {
        if (part.single()) {
            return part.begin() == -1 ? Long.MAX_VALUE : part.begin() + 1L;
        }
        if (part.end() != null) {
            return part.end();
        }
        return part.step() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    private String constants(List<Long> values) {
        return call.constants(values.stream().mapToLong(Long::longValue).toArray());
    }
}
