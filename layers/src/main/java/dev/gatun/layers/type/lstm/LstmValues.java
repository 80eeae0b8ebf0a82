package dev.gatun.layers.type.lstm;

import dev.gatun.layers.plan.Value;
import java.util.List;

/**
 * The values that an LSTM call makes.
 *
 * @param sequence h of every step, or null if it returns its last one
 * @param last     h of the last step, or null if it returns all
 * @param stateH   h after the last step, or null if it does not return its state
 * @param stateC   c after the last step, likewise
 */
record LstmValues(Value sequence, Value last, Value stateH, Value stateC) {

    /** Those that there are, in order. */
    List<Value> all() {
        Value h = sequence == null ? last : sequence;
        return stateH == null ? List.of(h) : List.of(h, stateH, stateC);
    }
}
