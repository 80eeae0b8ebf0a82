package dev.gatun.formats.onnx.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A call of a layer.
 *
 * @param layer  what is called
 * @param inputs the data
 * @param states where a recurrent layer begins; empty for zeros
 * @param mask   which steps count; null for all
 */
public record PlannedCall(PlannedLayer layer, List<Ref> inputs, List<Ref> states, Ref mask) {

    public static PlannedCall of(PlannedLayer layer, Ref... inputs) {
        return new PlannedCall(layer, List.of(inputs), List.of(), null);
    }

    public Ref output(int output) {
        return new Ref(this, output);
    }

    List<Ref> reads() {
        List<Ref> all = new ArrayList<>(inputs);
        all.addAll(states);
        if (mask != null) {
            all.add(mask);
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
