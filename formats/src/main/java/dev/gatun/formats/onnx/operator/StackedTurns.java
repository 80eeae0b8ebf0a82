package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a body makes turn after turn, put together along a new axis. */
final class StackedTurns {

    private final List<NumberArray> parts = new ArrayList<>();

    static List<StackedTurns> of(int count) {
        return IntStream.range(0, count).mapToObj(i -> new StackedTurns()).toList();
    }

    void add(NumberArray part) {
        parts.add(part);
    }

    /**
     * @param axis        of what comes out
     * @param isBackwards whether the last turn stands first
     * @param body        says what an output of it would have been, if there was no turn
     */
    NumberArray joined(long axis, boolean isBackwards, Body body, int output) {
        if (parts.isEmpty()) {
            int[] one = body.shape(output);
            int[] shape = new int[one.length + 1];
            int along = OperatorCall.axis(axis, shape.length);
            for (int at = 0; at < shape.length; at++) {
                shape[at] = at == along ? 0 : one[at < along ? at : at - 1];
            }
            return Storage.value(body.type(output), shape, Storage.of(body.type(output), 0));
        }
        List<NumberArray> with = (isBackwards ? parts.reversed() : parts).stream()
                .map(part -> Reshaping.unsqueezed(part, axis)).toList();
        return Joining.joined(with, axis);
    }
}
