package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.rnn.RecurrentWeights;
import java.lang.foreign.MemorySegment;

/**
 * The vectors [U] through which gates see the cell state, or their gradients.
 *
 * @param segment of the parameters, or of the gradients
 * @param input   byte offset of the input gate's vector; {@link #NONE} if the gates do not see the state
 * @param forget  of the forget gate's; {@link #NONE} if it follows from the input gate
 * @param output  of the output gate's
 */
record Peepholes(MemorySegment segment, long input, long forget, long output) {

    private static final long NONE = -1;

    /** In the order input, forget, output. */
    static Peepholes of(LstmVariant variant, RecurrentWeights weights) {
        if (!variant.peepholes()) {
            return new Peepholes(weights.segment(), NONE, NONE, NONE);
        }
        return new Peepholes(weights.segment(), weights.cellBytes().getFirst(),
                variant.coupled() ? NONE : weights.cellBytes().get(1),
                weights.cellBytes().get(variant.peepholeVectors() - 1));
    }

    boolean has(long vector) {
        return vector != NONE;
    }

    /** {@code x + p c}, or x if there is no such vector; on the way back, of a gate's gradient, {@code d + p dz}. */
    float see(long vector, long unit, float c, float x) {
        return vector == NONE ? x : fma(segment.get(JAVA_FLOAT, vector + unit), c, x);
    }

    /** Adds {@code dz c} to the gradient of a vector. */
    void add(long vector, long unit, float dz, float c) {
        if (vector != NONE) {
            segment.set(JAVA_FLOAT, vector + unit, fma(dz, c, segment.get(JAVA_FLOAT, vector + unit)));
        }
    }

}
