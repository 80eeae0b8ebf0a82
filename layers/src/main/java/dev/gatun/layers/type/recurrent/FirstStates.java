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
    private static final List<String> NAMES = List.of("h", "c");

    private final RecurrentLayer<?> layer;
    private final OnnxCall call;

    FirstStates(RecurrentLayer<?> layer, OnnxCall call) {
        this.layer = layer;
        this.call = call;
    }

    /** Whether a run goes on where the last one ended: then states are inputs and outputs of the graph. */
    boolean areKept() {
        return layer.isStateful() && call.arguments().initialState().isEmpty();
    }

    /** Each [1,B,U], as the recurrent operators read them; an empty name for zeros. */
    List<String> ofOperator() {
        boolean zeros = call.arguments().initialState().isEmpty() && !layer.learnsInitialState() && !areKept();
        List<String> states = new ArrayList<>();
        for (int state = 0; state < layer.stateWidths().size(); state++) {
            states.add(zeros ? "" : call.node("Unsqueeze", first(state), call.constants(0)));
        }
        return states;
    }

    /** Each [B,U]. */
    List<OnnxValue> ofLoop() {
        List<OnnxValue> states = new ArrayList<>();
        for (int state = 0; state < layer.stateWidths().size(); state++) {
            states.add(state(first(state), layer.stateWidths().get(state)));
        }
        return states;
    }

    private String first(int state) {
        List<OnnxValue> given = call.arguments().initialState();
        if (!given.isEmpty()) {
            return given.get(state).name();
        }
        int width = layer.stateWidths().get(state);
        if (areKept()) {
            float[] row = layer.learnsInitialState()
                    ? call.weight(LEARNED.get(state)).toArray()
                    : new float[width];
            return repeated(call.keptState(NAMES.get(state), row), width);
        }
        return repeated(layer.learnsInitialState()
                ? call.initializer(LEARNED.get(state))
                : call.constant(0), width);
    }

    /** What is shown where steps before the first do not count, in every run: zeros. */
    OnnxValue shown() {
        int width = layer.stateWidths().getFirst();
        return state(repeated(call.constant(0), width), width);
    }

    /** @param last names of the states after the last step, [B,U] */
    void keep(List<String> last) {
        for (int state = 0; areKept() && state < last.size(); state++) {
            call.keepState(NAMES.get(state), last.get(state), layer.stateWidths().get(state));
        }
    }

    private String repeated(String row, int width) {
        return call.repeated(row, call.batch(), call.constants(width));
    }

    private static OnnxValue state(String name, int width) {
        return new OnnxValue(name, OnnxType.FLOAT, Shape.of(Shape.UNKNOWN, width));
    }
}
