package dev.gatun.engine.cell;

import static dev.gatun.engine.cpu.Fma.fma;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.StripActivation;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.rnn.CellSteps;
import dev.gatun.engine.rnn.RecurrentGradients;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import java.lang.foreign.MemorySegment;

/** A layer-normalized LSTM's step, one row after the other over all its units. */
final class LayerNormLstmSteps implements CellSteps {

    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CANDIDATE = 2;
    private static final int OUTPUT = 3;
    private static final long UNITS = Strips.ROW_BYTES;

    private final LayerNormLstmCell cell;
    private final LayerNormPlaces places;
    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final MemorySegment w;
    private final RowsView c;
    private final RowNorm norm;
    private final RowNorm.Affine[] gates = new RowNorm.Affine[LstmCell.GATES];
    private final RowNorm.Affine state;
    private final int padded;
    /** Bytes from a gate of 16 units to the next, and to the next 16 units. */
    private final long gate;
    private final long group;
    /** Bytes from a gate's value to what was normalized; 0 if that is not kept. */
    private final long pre;

    LayerNormLstmSteps(
            LayerNormLstmCell cell, LayerNormPlaces places, RecurrentSizes sizes, RecurrentMemory memory,
            RecurrentGradients flow) {
        this.cell = cell;
        this.places = places;
        this.memory = memory;
        this.flow = flow;
        this.w = memory.z().segment();
        this.c = memory.states().get(1);
        this.norm = new RowNorm(sizes.units(), cell.epsilon());
        for (int i = 0; i < gates.length; i++) {
            gates[i] = places.gate(i);
        }
        this.state = places.state();
        this.padded = Strips.padded(sizes.units());
        this.gate = memory.z().stripBytes();
        this.group = LstmCell.GATES * gate;
        this.pre = memory.preactivation() == null ? 0 : memory.preactivation().baseBytes() - memory.z().baseBytes();
    }

    private ActivationFormula function(int which) {
        return which == CANDIDATE ? cell.functions().activation() : cell.functions().recurrent();
    }

    private float added(int which) {
        return which == FORGET ? cell.forgetBias() : 0f;
    }

    @Override
    public void forward(
            int firstBlock, int endBlock, long zRow, long hRow, long hNext, long carriedRow, long carriedNext,
            int rows) {
        for (int row = 0; row < rows; row++) {
            long z = memory.z().at(zRow + row);
            for (int which = 0; which < LstmCell.GATES; which++) {
                gate(which, z + which * gate);
            }
            states(z, c.at(carriedRow + row), c.at(carriedNext + row), memory.h().at(hNext + row));
        }
    }

    private void gate(int which, long z) {
        for (int unit = 0; pre != 0 && unit < padded; unit += Strips.WIDTH) {
            MemorySegment.copy(w, z + RowNorm.at(unit, group), w, z + pre + RowNorm.at(unit, group), UNITS);
        }
        norm.forward(w, z, group, gates[which]);
        for (int unit = 0; added(which) != 0 && unit < norm.units(); unit++) {
            long at = z + RowNorm.at(unit, group);
            w.set(JAVA_FLOAT, at, w.get(JAVA_FLOAT, at) + added(which));
        }
        StripActivation.forward(function(which), w, z, group, z, group, blocks());
    }

    private int blocks() {
        return padded / Strips.WIDTH;
    }

    /** Units that only pad are zero: no sum may meet what stood there. */
    private void states(long z, long before, long after, long h) {
        for (int unit = 0; unit < norm.units(); unit++) {
            long x = RowNorm.at(unit, UNITS);
            w.set(JAVA_FLOAT, after + x, sum(z, unit, w.get(JAVA_FLOAT, before + x)));
        }
        norm.forward(w, after, UNITS, state);
        for (int unit = norm.units(); unit < padded; unit++) {
            w.set(JAVA_FLOAT, after + RowNorm.at(unit, UNITS), 0f);
        }
        StripActivation.forward(cell.functions().output(), w, after, UNITS, h, UNITS, blocks());
        for (int unit = 0; unit < padded; unit++) {
            long at = h + RowNorm.at(unit, UNITS);
            w.set(JAVA_FLOAT, at, unit < norm.units() ? value(z, OUTPUT, unit) * w.get(JAVA_FLOAT, at) : 0f);
        }
    }

    private float value(long z, int which, int unit) {
        return w.get(JAVA_FLOAT, z + which * gate + RowNorm.at(unit, group));
    }

    /** The cell state before it is normalized. */
    private float sum(long z, int unit, float before) {
        return fma(value(z, FORGET, unit), before, value(z, INPUT, unit) * value(z, CANDIDATE, unit));
    }

    @Override
    public void backward(int block, long zRow, long stateRow, long nextRow, int firstRow, int rows) {
        for (int row = 0; row < rows; row++) {
            long z = memory.z().at(zRow + row);
            long sums = flow.rowSums().at(firstRow + row);
            long before = c.at(stateRow + row);
            long dh = flow.dh().at(firstRow + row);
            long dc = flow.dStates().get(1).at(firstRow + row);
            long raw = flow.scratchState().at(firstRow + row);
            measureGates(z, sums);
            long after = c.at(nextRow + row);
            StripActivation.forward(cell.functions().output(), w, after, UNITS, raw, UNITS, blocks());
            backwardOutput(z, sums, after, raw, dh, dc);
            for (int unit = 0; unit < norm.units(); unit++) {
                long x = RowNorm.at(unit, UNITS);
                w.set(JAVA_FLOAT, raw + x, sum(z, unit, w.get(JAVA_FLOAT, before + x)));
            }
            double mean = norm.mean(w, raw, UNITS);
            norm.backward(w, dc, raw, UNITS, mean, norm.scale(w, raw, UNITS, mean), state, sums);
            backwardGates(z, sums, before, dc);
            for (int which = 0; which < LstmCell.GATES; which++) {
                long at = z + which * gate;
                norm.backward(w, at, at + pre, group, mean(sums, which), scale(sums, which), gates[which], sums);
            }
        }
    }

    private void measureGates(long z, long sums) {
        for (int which = 0; which < LstmCell.GATES; which++) {
            long normalized = z + which * gate + pre;
            double mean = norm.mean(w, normalized, group);
            w.set(JAVA_DOUBLE, places.moments(sums, which), mean);
            w.set(JAVA_DOUBLE, places.moments(sums, which) + Double.BYTES, norm.scale(w, normalized, group, mean));
        }
    }

    private double mean(long sums, int which) {
        return w.get(JAVA_DOUBLE, places.moments(sums, which));
    }

    private double scale(long sums, int which) {
        return w.get(JAVA_DOUBLE, places.moments(sums, which) + Double.BYTES);
    }

    /** The slope of a gate at a unit, at what its function was given. */
    private float slope(long z, long sums, int which, int unit, float value) {
        long at = z + which * gate + pre + RowNorm.at(unit, group);
        float normal = RowNorm.normal(w.get(JAVA_FLOAT, at), mean(sums, which), scale(sums, which));
        return function(which).derivative(gates[which].value(unit, normal) + added(which), value);
    }

    /** {@code made} is the function of the state. dc becomes the gradient of the normalized state, the output gate's value that of what its function was given. */
    private void backwardOutput(long z, long sums, long after, long made, long dh, long dc) {
        ActivationFormula function = cell.functions().output();
        for (int unit = 0; unit < norm.units(); unit++) {
            long x = RowNorm.at(unit, UNITS);
            float state = w.get(JAVA_FLOAT, after + x);
            float y = w.get(JAVA_FLOAT, made + x);
            float up = w.get(JAVA_FLOAT, dh + x);
            float output = value(z, OUTPUT, unit);
            w.set(JAVA_FLOAT, dc + x, fma(up * output, function.derivative(state, y), w.get(JAVA_FLOAT, dc + x)));
            set(z, OUTPUT, unit, up * y * slope(z, sums, OUTPUT, unit, output));
        }
    }

    /** dc is the gradient of the state before it was normalized, and becomes that of the state before the step. */
    private void backwardGates(long z, long sums, long before, long dc) {
        for (int unit = 0; unit < norm.units(); unit++) {
            long x = RowNorm.at(unit, UNITS);
            float d = w.get(JAVA_FLOAT, dc + x);
            float input = value(z, INPUT, unit);
            float forget = value(z, FORGET, unit);
            float candidate = value(z, CANDIDATE, unit);
            set(z, INPUT, unit, d * candidate * slope(z, sums, INPUT, unit, input));
            set(z, FORGET, unit,
                    d * w.get(JAVA_FLOAT, before + x) * slope(z, sums, FORGET, unit, forget));
            set(z, CANDIDATE, unit, d * input * slope(z, sums, CANDIDATE, unit, candidate));
            w.set(JAVA_FLOAT, dc + x, d * forget);
        }
    }

    private void set(long z, int which, int unit, float d) {
        w.set(JAVA_FLOAT, z + which * gate + RowNorm.at(unit, group), d);
    }
}
