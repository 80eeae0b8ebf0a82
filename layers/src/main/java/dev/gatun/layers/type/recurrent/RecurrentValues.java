package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.plan.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that a recurrent call makes.
 *
 * @param sequence h of every step, or null if it returns its last one
 * @param last     h of the last step, or null if it returns all
 * @param states   the states after the last step, h first; empty if they are not returned
 */
record RecurrentValues(Value sequence, Value last, List<Value> states) {

    /** Those that there are, in order. */
    List<Value> all() {
        List<Value> all = new ArrayList<>();
        all.add(sequence == null ? last : sequence);
        all.addAll(states);
        return all;
    }
}
