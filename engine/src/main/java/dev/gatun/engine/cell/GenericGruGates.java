package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.kernel.GruStrides;
import java.lang.foreign.MemorySegment;

/**
 * The elementwise part of a GRU cell with any activations, one number at a time: the formulas of {@code GruGates} with sigmoid
 * and tanh replaced, and with these its scalar twin. Arguments as there; pre-activations that backward needs are kept in places
 * {@code pre} bytes behind those of the gates and the candidate, 0 if none are.
 *
 * @param functions the cell's nonlinearities
 * @param strides   of rows
 * @param pre       from a gate's value to its pre-activation, in bytes
 */
record GenericGruGates(CellFunctions functions, GruStrides strides, long pre) {

    private static final int UNITS = 16;

    void forward(MemorySegment w, long gates, long candidate, long recurrent, long h, long hNext, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long zAt = gates + row * strides.gates() + x;
                long cAt = candidate + row * strides.candidate() + x;
                long hAt = row * strides.h() + x;
                gate(w, zAt);
                float reset = gate(w, zAt + strides.reset());
                float part = w.get(JAVA_FLOAT, recurrent + row * strides.candidate() + x);
                w.set(JAVA_FLOAT, cAt, fma(reset, part, w.get(JAVA_FLOAT, cAt)));
                state(w, zAt, cAt, h + hAt, hNext + hAt);
            }
        }
    }

    void forwardReset(MemorySegment w, long gates, long h, long read, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long zAt = gates + row * strides.gates() + x;
                long hAt = row * strides.h() + x;
                gate(w, zAt);
                w.set(JAVA_FLOAT, read + hAt, gate(w, zAt + strides.reset()) * w.get(JAVA_FLOAT, h + hAt));
            }
        }
    }

    void state(MemorySegment w, long gates, long candidate, long h, long hNext, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long hAt = row * strides.h() + x;
                state(w, gates + row * strides.gates() + x, candidate + row * strides.candidate() + x, h + hAt,
                        hNext + hAt);
            }
        }
    }

    private float gate(MemorySegment w, long at) {
        return value(functions.recurrent(), w, at);
    }

    private float value(ActivationFormula function, MemorySegment w, long at) {
        float x = w.get(JAVA_FLOAT, at);
        if (pre != 0) {
            w.set(JAVA_FLOAT, at + pre, x);
        }
        float y = function.value(x);
        w.set(JAVA_FLOAT, at, y);
        return y;
    }

    private void state(MemorySegment w, long zAt, long cAt, long hAt, long hNextAt) {
        float update = w.get(JAVA_FLOAT, zAt);
        float candidate = value(functions.activation(), w, cAt);
        w.set(JAVA_FLOAT, hNextAt, fma(update, w.get(JAVA_FLOAT, hAt), (1f - update) * candidate));
    }

    void backward(MemorySegment w, long gates, long candidate, long recurrent, long h, long dh, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long zAt = gates + row * strides.gates() + x;
                long cAt = candidate + row * strides.candidate() + x;
                long partAt = recurrent + row * strides.candidate() + x;
                float dCandidate = backwardState(w, zAt, cAt, h + row * strides.h() + x, dh + row * strides.dh() + x);
                long resetAt = zAt + strides.reset();
                float reset = w.get(JAVA_FLOAT, resetAt);
                float part = w.get(JAVA_FLOAT, partAt);
                w.set(JAVA_FLOAT, partAt, dCandidate * reset);
                w.set(JAVA_FLOAT, resetAt, dCandidate * part * slope(functions.recurrent(), w, resetAt));
            }
        }
    }

    void backwardState(MemorySegment w, long gates, long candidate, long h, long dh, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                backwardState(w, gates + row * strides.gates() + x, candidate + row * strides.candidate() + x,
                        h + row * strides.h() + x, dh + row * strides.dh() + x);
            }
        }
    }

    private float backwardState(MemorySegment w, long zAt, long cAt, long hAt, long dhAt) {
        float update = w.get(JAVA_FLOAT, zAt);
        float value = w.get(JAVA_FLOAT, cAt);
        float d = w.get(JAVA_FLOAT, dhAt);
        float dCandidate = d * (1f - update) * slope(functions.activation(), w, cAt);
        float dUpdate = d * (w.get(JAVA_FLOAT, hAt) - value) * slope(functions.recurrent(), w, zAt);
        w.set(JAVA_FLOAT, cAt, dCandidate);
        w.set(JAVA_FLOAT, zAt, dUpdate);
        w.set(JAVA_FLOAT, dhAt, d * update);
        return dCandidate;
    }

    void backwardReset(MemorySegment w, long gates, long h, long dRead, long dh, int rows) {
        for (int row = 0; row < rows; row++) {
            for (long x = 0; x < UNITS * Float.BYTES; x += Float.BYTES) {
                long resetAt = gates + strides.reset() + row * strides.gates() + x;
                long dAt = row * strides.dh() + x;
                float reset = w.get(JAVA_FLOAT, resetAt);
                float d = w.get(JAVA_FLOAT, dRead + dAt);
                w.set(JAVA_FLOAT, resetAt,
                        d * w.get(JAVA_FLOAT, h + row * strides.h() + x) * slope(functions.recurrent(), w, resetAt));
                w.set(JAVA_FLOAT, dh + dAt, fma(d, reset, w.get(JAVA_FLOAT, dh + dAt)));
            }
        }
    }

    private float slope(ActivationFormula function, MemorySegment w, long at) {
        return function.derivative(w.get(JAVA_FLOAT, at + pre), w.get(JAVA_FLOAT, at));
    }
}
