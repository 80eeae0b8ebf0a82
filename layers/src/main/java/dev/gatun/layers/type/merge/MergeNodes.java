package dev.gatun.layers.type.merge;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A merge as ONNX nodes, and the mask of the steps that count in one of the values if all of them have one.
 *
 * @param function how two numbers become one
 * @param call     what it reads; takes the nodes
 */
record MergeNodes(MergeFunction function, OnnxCall call) {

    List<String> outputs() {
        List<OnnxValue> values = call.arguments().inputs();
        String merged = null;
        for (int i = 0; i < values.size(); i++) {
            String next = counted(i);
            merged = merged == null ? next : call.node(function.onnx(), merged, next);
        }
        if (function == MergeFunction.AVERAGE) {
            merged = call.node("Div", merged, call.constant(values.size()));
        }
        for (int i = 0; i < values.size(); i++) {
            if (call.mask(i).isEmpty()) {
                return List.of(merged);
            }
        }
        String mask = any(values.size());
        return List.of(function.goesByMasks() ? whereAnyCounts(mask, merged) : merged, mask);
    }

    /** A value, with a number that changes no result where it does not count. */
    private String counted(int value) {
        OnnxValue given = call.arguments().inputs().get(value);
        String wide = widened(given.name(), given.shape().rank());
        Optional<OnnxValue> mask = call.mask(value);
        if (!function.goesByMasks() || mask.isEmpty()) {
            return wide;
        }
        float neutral = switch (function) {
            case MAXIMUM -> Float.NEGATIVE_INFINITY;
            case MINIMUM -> Float.POSITIVE_INFINITY;
            default -> 1;
        };
        List<Long> axes = new ArrayList<>();
        for (long axis = 2; axis < given.shape().rank(); axis++) {
            axes.add(axis);
        }
        String counts = call.node("Unsqueeze", mask.get().name(),
                call.constants(axes.stream().mapToLong(Long::longValue).toArray()));
        return call.node("Where", widened(counts, given.shape().rank()), wide, call.constant(neutral));
    }

    /** Where no value counts a product is 0, and a largest or smallest is the first value. */
    private String whereAnyCounts(String mask, String merged) {
        OnnxValue first = call.arguments().inputs().getFirst();
        String counts = call.node("Unsqueeze", mask, call.constants(2));
        return call.node("Where", counts, merged,
                function == MergeFunction.MULTIPLY ? call.constant(0) : widened(first.name(), first.shape().rank()));
    }

    private String any(int values) {
        String mask = call.mask(0).orElseThrow().name();
        for (int i = 1; i < values; i++) {
            mask = call.node("Or", mask, call.mask(i).orElseThrow().name());
        }
        return mask;
    }

    /** ONNX puts axes that are missing before the batch. */
    private String widened(String value, int rank) {
        int most = call.arguments().inputs().stream().map(OnnxValue::shape).mapToInt(Shape::rank).max().orElseThrow();
        String wide = value;
        for (int missing = rank; missing < most; missing++) {
            wide = call.node("Unsqueeze", wide, call.constants(1));
        }
        return wide;
    }
}
