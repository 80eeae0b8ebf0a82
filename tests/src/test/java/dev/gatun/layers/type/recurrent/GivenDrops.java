package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.plan.Operation;
import java.util.List;

/** Dropout's masks by hand: a door that only tests have. */
public final class GivenDrops {

    private GivenDrops() {}

    /** Masks [B,I] of the input and [B,U] of h, already scaled: one for all gates, one for each, or none. */
    public static void give(Operation recurrent, List<float[]> ofInput, List<float[]> ofState) {
        ((LoopOperation) recurrent).dropMasks().give(ofInput, ofState);
    }
}
