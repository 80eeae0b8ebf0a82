package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.StripActivation;
import dev.gatun.engine.kernel.LstmStrides;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM with what {@link LstmVariant} says, function after function as {@code LstmGates} has it, of which
 * tanh, sigmoid and relu are SIMD; without any of it the arithmetic is that of {@code GenericLstmGates}.
 *
 * @param functions the cell's nonlinearities
 * @param variant   what it has beside
 * @param peepholes of the gates
 * @param strides   of rows
 * @param peepRow   bytes from the peepholes of one row to those of the next: 0, or where groups of 16 units are the rows, theirs
 * @param pre       bytes from a gate's value to its pre-activation; 0 if none are kept
 */
record VariantLstmGates(
        CellFunctions functions, LstmVariant variant, Peepholes peepholes, LstmStrides strides, long peepRow,
        long pre) {

    private static final int UNITS = 16;

    /** z [rows,16] of each gate becomes gate values; {@code unit} is where the peepholes of the first row begin. */
    void forward(MemorySegment w, long unit, long z, long cPrevious, long cNext, long h, int rows) {
        long gate = strides.gate();
        gate(w, peepholes.input(), unit, cPrevious, z, rows);
        if (!variant.coupled()) {
            gate(w, peepholes.forget(), unit, cPrevious, z + gate, rows);
        }
        function(w, functions.activation(), z + variant.candidate() * gate, rows);
        cellState(w, z, cPrevious, cNext, rows);
        gate(w, peepholes.output(), unit, cNext, z + variant.output() * gate, rows);
        StripActivation.forward(functions.output(), w, cNext, strides.c(), h, strides.h(), rows);
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long at = h + row * strides.h() + x;
                float output = w.get(JAVA_FLOAT, z + variant.output() * gate + row * strides.z() + x);
                w.set(JAVA_FLOAT, at, output * w.get(JAVA_FLOAT, at));
            }
        }
    }

    /** A gate that sees the cell state, if there is a vector for it. */
    private void gate(MemorySegment w, long vector, long unit, long c, long z, int rows) {
        for (int row = 0; peepholes.has(vector) && row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long at = z + row * strides.z() + x;
                float seen = w.get(JAVA_FLOAT, c + row * strides.c() + x);
                w.set(JAVA_FLOAT, at,
                        peepholes.see(vector, unit + row * peepRow + x, seen, w.get(JAVA_FLOAT, at)));
            }
        }
        function(w, functions.recurrent(), z, rows);
    }

    private void function(MemorySegment w, ActivationFormula function, long z, int rows) {
        for (int row = 0; pre != 0 && row < rows; row++) {
            MemorySegment.copy(w, z + row * strides.z(), w, z + row * strides.z() + pre, UNITS * Float.BYTES);
        }
        StripActivation.forward(function, w, z, strides.z(), z, strides.z(), rows);
    }

    private void cellState(MemorySegment w, long z, long cPrevious, long cNext, int rows) {
        long gate = strides.gate();
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long zAt = z + row * strides.z() + x;
                long cAt = row * strides.c() + x;
                float input = w.get(JAVA_FLOAT, zAt);
                float forget = variant.coupled() ? 1f - input : w.get(JAVA_FLOAT, zAt + gate);
                float candidate = w.get(JAVA_FLOAT, zAt + variant.candidate() * gate);
                w.set(JAVA_FLOAT, cNext + cAt,
                        variant.clipped(fma(forget, w.get(JAVA_FLOAT, cPrevious + cAt), input * candidate)));
            }
        }
    }

    /**
     * Gate values become gradients of the pre-activations, and dc that of the state before the step; t [rows,16] is overwritten
     * with the function of the state after it.
     */
    void backward(
            MemorySegment w, long unit, long z, long cPrevious, long cNext, long dh, long dc, long t, int rows) {
        StripActivation.forward(functions.output(), w, cNext, strides.c(), t, strides.t(), rows);
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long cAt = row * strides.c() + x;
                stepBack(w, unit + row * peepRow + x, z + row * strides.z() + x, cPrevious + cAt, cNext + cAt,
                        dh + row * strides.dh() + x, dc + row * strides.dc() + x, t + row * strides.t() + x);
            }
        }
    }

    private void stepBack(
            MemorySegment w, long unit, long z, long cPrevious, long cNext, long dh, long dc, long t) {
        long gate = strides.gate();
        long candidateAt = z + variant.candidate() * gate;
        long outputAt = z + variant.output() * gate;
        float before = w.get(JAVA_FLOAT, cPrevious);
        float c = w.get(JAVA_FLOAT, cNext);
        float input = w.get(JAVA_FLOAT, z);
        float forget = variant.coupled() ? 1f - input : w.get(JAVA_FLOAT, z + gate);
        float candidate = w.get(JAVA_FLOAT, candidateAt);
        float output = w.get(JAVA_FLOAT, outputAt);
        float up = w.get(JAVA_FLOAT, dh);
        float y = w.get(JAVA_FLOAT, t);
        float dOutput = up * y * slope(functions.recurrent(), w, outputAt, output);
        float d = fma(up * output, functions.output().derivative(c, y), w.get(JAVA_FLOAT, dc));
        d = peepholes.see(peepholes.output(), unit, dOutput, d);
        if (variant.clips(fma(forget, before, input * candidate))) {
            d = 0f;
        }
        float across = variant.coupled() ? d * (candidate - before) : d * candidate;
        float dInput = across * slope(functions.recurrent(), w, z, input);
        float down = peepholes.see(peepholes.input(), unit, dInput, d * forget);
        if (!variant.coupled()) {
            float dForget = d * before * slope(functions.recurrent(), w, z + gate, forget);
            down = peepholes.see(peepholes.forget(), unit, dForget, down);
            w.set(JAVA_FLOAT, z + gate, dForget);
        }
        w.set(JAVA_FLOAT, candidateAt, d * input * slope(functions.activation(), w, candidateAt, candidate));
        w.set(JAVA_FLOAT, z, dInput);
        w.set(JAVA_FLOAT, outputAt, dOutput);
        w.set(JAVA_FLOAT, dc, down);
    }

    private float slope(ActivationFormula function, MemorySegment w, long at, float value) {
        return function.derivative(w.get(JAVA_FLOAT, at + pre), value);
    }
}
