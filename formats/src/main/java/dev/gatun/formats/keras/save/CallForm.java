package dev.gatun.formats.keras.save;

import dev.gatun.layers.KerasCall;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentCell;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Keras gives a call of a layer by position, and what by name. */
final class CallForm {

    private static final String VALUE = "value";

    private CallForm() {}

    /**
     * A call.
     *
     * @param data   the layer reads
     * @param states it begins at: tensors or constants; none for zeros
     * @param mask   it is given by name; null for none
     */
    static SavedCall of(Layer layer, List<SavedTensor> data, List<Object> states, SavedTensor mask) {
        KerasCall call = BuiltInTypes.ALL.of(layer).kerasCall();
        SortedMap<String, Object> named = new TreeMap<>();
        List<Object> args = new ArrayList<>();
        if (layer.kind().equals("CategoryEncoding")) {
            args.add(data.getFirst());
            if (data.size() > 1) {
                named.put("count_weights", data.get(1));
            }
        } else if (call.values().contains(VALUE) && !(layer instanceof Nested)) {
            headed(call, data, args, named);
        } else if (!call.values().isEmpty()) {
            args.add(data.getFirst());
            for (int place = 1; place < data.size(); place++) {
                named.put(call.values().get(place), data.get(place));
            }
        } else {
            args.add(data.size() == 1 ? data.getFirst() : data);
        }
        for (String option : call.options()) {
            if (Boolean.TRUE.equals(layer.config().get(option))) {
                named.put(option, true);
            }
        }
        if (!states.isEmpty()) {
            named.put("initial_state", states(layer, states));
        }
        if (mask != null) {
            named.put("mask", mask);
        }
        return new SavedCall(args, named);
    }

    /** Query and value by position; the key is the value unless another is given. */
    private static void headed(
            KerasCall call, List<SavedTensor> data, List<Object> args, SortedMap<String, Object> named) {
        args.add(data.getFirst());
        args.add(data.size() > 1 ? data.get(1) : data.getFirst());
        for (int place = 2; place < data.size(); place++) {
            if (!data.get(place).equals(data.get(place - 1)) || place > 2) {
                named.put(call.values().get(place), data.get(place));
            }
        }
    }

    /** One stands alone; those of cells over each other stand in a list for each. */
    private static Object states(Layer layer, List<Object> states) {
        if (!(layer instanceof Rnn rnn) || !(rnn.cell() instanceof StackedRnnCells stack)) {
            return states.size() == 1 ? states.getFirst() : states;
        }
        List<Object> ofCells = new ArrayList<>();
        int next = 0;
        for (Layer cell : stack.cells()) {
            int count = ((RecurrentCell) cell).stateSizes().size();
            List<Object> own = states.subList(next, next + count);
            ofCells.add(count == 1 ? own.getFirst() : List.copyOf(own));
            next += count;
        }
        return ofCells;
    }
}
