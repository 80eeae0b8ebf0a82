package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedCall;
import dev.gatun.formats.onnx.plan.Ref;
import dev.gatun.formats.onnx.value.Axes;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Tracked;
import dev.gatun.layers.RepeatVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Values that are repeated along an axis of size 1: a RepeatVector. */
final class Repetitions {

    private Repetitions() {}

    static void register(Map<String, NodeMapping> all) {
        all.put("Tile", Repetitions::tile);
    }

    private static void tile(NodeCall call) {
        if (call.isOfNumbers()) {
            call.putFolded();
            return;
        }
        Tracked value = call.tracked(0);
        long[] times = call.wholes(1);
        if (times.length != value.onnx().rank()) {
            throw new NotMapped("repeats " + value.onnx().rank() + " axes " + Arrays.toString(times) + " times");
        }
        call.put(repeated(call, value, times));
    }

    /** @param times for each axis how often; 1 for as it is */
    static Tracked repeated(NodeCall call, Tracked value, long... times) {
        int axis = -1;
        for (int each = 0; each < times.length; each++) {
            if (times[each] != 1) {
                if (axis >= 0 || times[each] < 1 || !value.onnx().isUnit(each)) {
                    throw new NotMapped("repeats values of axes " + value.onnx() + " " + Arrays.toString(times)
                            + " times, and a layer repeats one axis of size 1");
                }
                axis = each;
            }
        }
        if (axis < 0) {
            return value;
        }
        List<Factor> others = new ArrayList<>(value.axes().flat());
        Factor batch = others.removeFirst();
        Ref read = call.graph().arrangement().arranged(value, new Axes(List.of(List.of(batch), others)));
        List<Factor> steps = List.of(Factor.of(times[axis]));
        Ref ref = PlannedCall.of(call.graph().layer(call, RepeatVector.times(Math.toIntExact(times[axis]))), read)
                .output(0);
        return Tracked.of(ref, new Axes(List.of(List.of(batch), steps, others)), value.onnx().with(axis, steps));
    }
}
