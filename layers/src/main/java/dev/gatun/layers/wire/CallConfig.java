package dev.gatun.layers.wire;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.OptionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a call reads, to and from plain values: {@code inputs}, {@code initial_state}, {@code mask} and {@code ignores_mask}, those that
 * are there.
 * One list in Keras's order of positions, as Keras's files and those of format version 1 have it, is read too.
 */
public final class CallConfig {

    private static final String INPUTS = "inputs";
    private static final String INITIAL_STATE = "initial_state";
    private static final String MASK = "mask";
    private static final String IGNORES_MASK = "ignores_mask";

    private CallConfig() {}

    /**
     * A value by names.
     *
     * @param layer  which makes it
     * @param call   which call of the layer, counted from 0
     * @param output which of its outputs, counted from 0
     */
    public record Value(String layer, int call, int output) {

        /**
         * A value of a plain list.
         *
         * @param owner whose it is, for messages
         * @param value layer, call and output
         * @return the value
         * @throws IllegalArgumentException if it is something else
         */
        public static Value of(String owner, Object value) {
            if (value instanceof List<?> list
                    && list.size() == 3
                    && list.get(0) instanceof String layer
                    && list.get(1) instanceof Number call
                    && list.get(2) instanceof Number output
                    && isCount(call)
                    && isCount(output)) {
                return new Value(layer, call.intValue(), output.intValue());
            }
            throw new IllegalArgumentException(
                    owner + ": expected a value as [layer, call, output], got " + OptionReader.shown(value));
        }

        /** Whether nothing is lost if it becomes an int; one that is negative names nothing, which is said later. */
        private static boolean isCount(Number number) {
            return number.intValue() == number.doubleValue();
        }

        /** {@return layer, call and output in a list} */
        public List<Object> plain() {
            return List.of(layer, (long) call, (long) output);
        }

        @Override
        public String toString() {
            return "output " + output + " of call " + call + " of layer '" + layer + "'";
        }
    }

    /**
     * A call as a plain map.
     *
     * @param call what it reads
     * @return under its names
     */
    public static Map<String, Object> toMap(CallArguments<Value> call) {
        CallArguments<List<Object>> plain = call.map(Value::plain);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(INPUTS, plain.inputs());
        if (!plain.initialState().isEmpty()) {
            map.put(INITIAL_STATE, plain.initialState());
        }
        if (plain.mask() != null) {
            map.put(MASK, plain.mask());
        }
        if (plain.ignoresMask()) {
            map.put(IGNORES_MASK, true);
        }
        return map;
    }

    /**
     * One call.
     *
     * @param name  of the layer
     * @param layer says what stands where in a list
     * @param index of the call, for messages
     * @param call  a map of names, or a list
     * @param types of the layers
     * @throws IllegalArgumentException if it is neither, reads nothing, or has a name that no argument has
     */
    static CallArguments<Value> read(String name, Layer layer, int index, Object call, LayerTypes types) {
        String owner = "Layer '" + name + "'";
        if (call instanceof Map<?, ?>) {
            return byName(owner + ", call " + index, OptionReader.asMap(call, owner + ", call " + index));
        }
        if (call instanceof List<?> values && !values.isEmpty()) {
            return types.of(layer).arguments(values(owner, values));
        }
        throw new IllegalArgumentException(owner + ": expected the values that call " + index
                + " reads, got " + OptionReader.shown(call));
    }

    private static CallArguments<Value> byName(String owner, Map<String, Object> map) {
        OptionReader options = new OptionReader(owner, map);
        List<Value> inputs = values(owner, options.list(INPUTS));
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException(owner + ": expected values for inputs, got none");
        }
        List<Value> state = options.has(INITIAL_STATE) ? values(owner, options.list(INITIAL_STATE)) : List.of();
        Value mask = options.has(MASK) ? Value.of(owner, options.list(MASK)) : null;
        boolean ignores = options.flag(IGNORES_MASK, false);
        options.requireNothingLeft();
        return new CallArguments<>(inputs, state, mask, ignores);
    }

    private static List<Value> values(String owner, List<?> list) {
        List<Value> values = new ArrayList<>();
        for (Object value : list) {
            values.add(Value.of(owner, value));
        }
        return values;
    }
}
