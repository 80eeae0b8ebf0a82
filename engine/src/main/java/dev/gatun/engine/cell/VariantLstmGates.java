package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.LstmStrides;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of an LSTM with what {@link LstmVariant} says, one number at a time; without any of it the arithmetic is
 * that of {@code GenericLstmGates}.
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
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long cAt = row * strides.c() + x;
                step(w, unit + row * peepRow + x, z + row * strides.z() + x, cPrevious + cAt, cNext + cAt,
                        h + row * strides.h() + x);
            }
        }
    }

    private void step(MemorySegment w, long unit, long z, long cPrevious, long cNext, long h) {
        long gate = strides.gate();
        float before = w.get(JAVA_FLOAT, cPrevious);
        float input = gate(w, z, peepholes.see(peepholes.input(), unit, before, w.get(JAVA_FLOAT, z)));
        float forget = variant.coupled()
                ? 1f - input
                : gate(w, z + gate,
                        peepholes.see(peepholes.forget(), unit, before, w.get(JAVA_FLOAT, z + gate)));
        long candidateAt = z + variant.candidate() * gate;
        float sum = w.get(JAVA_FLOAT, candidateAt);
        keep(w, candidateAt, sum);
        float candidate = functions.activation().value(sum);
        w.set(JAVA_FLOAT, candidateAt, candidate);
        float c = variant.clipped(fma(forget, before, input * candidate));
        long outputAt = z + variant.output() * gate;
        float output = gate(w, outputAt,
                peepholes.see(peepholes.output(), unit, c, w.get(JAVA_FLOAT, outputAt)));
        w.set(JAVA_FLOAT, cNext, c);
        w.set(JAVA_FLOAT, h, output * functions.output().value(c));
    }

    private float gate(MemorySegment w, long at, float sum) {
        keep(w, at, sum);
        float value = functions.recurrent().value(sum);
        w.set(JAVA_FLOAT, at, value);
        return value;
    }

    private void keep(MemorySegment w, long at, float sum) {
        if (pre != 0) {
            w.set(JAVA_FLOAT, at + pre, sum);
        }
    }

    /** Gate values become gradients of the pre-activations, and dc that of the state before the step. */
    void backward(MemorySegment w, long unit, long z, long cPrevious, long cNext, long dh, long dc, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long cAt = row * strides.c() + x;
                stepBack(w, unit + row * peepRow + x, z + row * strides.z() + x, cPrevious + cAt, cNext + cAt,
                        dh + row * strides.dh() + x, dc + row * strides.dc() + x);
            }
        }
    }

    private void stepBack(MemorySegment w, long unit, long z, long cPrevious, long cNext, long dh, long dc) {
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
        float y = functions.output().value(c);
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
