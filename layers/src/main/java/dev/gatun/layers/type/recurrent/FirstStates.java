package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.onnx.OnnxType;
import dev.gatun.layers.onnx.OnnxValue;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** What the states of a recurrent call are before the first step, as ONNX values: given, learned, or zeros. */
final class FirstStates {

    private static final List<String> LEARNED = List.of("initial_h", "initial_c");

    private final RecurrentLayer<?> layer;
    private final OnnxCall call;

    FirstStates(RecurrentLayer<?> layer, OnnxCall call) {
        this.layer = layer;
        this.call = call;
    }

    /** Each [1,B,U], as the recurrent operators read them; an empty name for zeros. */
    List<String> ofOperator() {
        List<OnnxValue> given = call.arguments().initialState();
        List<String> states = new ArrayList<>();
        for (int state = 0; state < layer.stateWidths().size(); state++) {
            if (!given.isEmpty()) {
                states.add(call.node("Unsqueeze", given.get(state).name(), call.constants(0)));
            } else if (layer.learnsInitialState()) {
                states.add(call.repeated(call.initializer(LEARNED.get(state)), call.constants(1), call.batch(),
                        call.constants(1)));
            } else {
                states.add("");
            }
        }
        return states;
    }

    /** Each [B,U]. */
    List<OnnxValue> ofLoop() {
        List<OnnxValue> given = call.arguments().initialState();
        List<OnnxValue> states = new ArrayList<>();
        for (int state = 0; state < layer.stateWidths().size(); state++) {
            String value = !given.isEmpty()
                    ? given.get(state).name()
                    : repeated(layer.learnsInitialState()
                            ? call.initializer(LEARNED.get(state))
                            : call.constant(0), layer.stateWidths().get(state));
            states.add(state(value, layer.stateWidths().get(state)));
        }
        return states;
    }

    /** A state [B,U] of zeros. */
    OnnxValue zeros(int width) {
        return state(repeated(call.constant(0), width), width);
    }

    private String repeated(String row, int width) {
        return call.repeated(row, call.batch(), call.constants(width));
    }

    private static OnnxValue state(String name, int width) {
        return new OnnxValue(name, OnnxType.FLOAT, Shape.of(Shape.UNKNOWN, width));
    }
}
