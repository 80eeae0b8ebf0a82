package dev.gatun.layers.type.lstm;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;

/**
 * What an LSTM call gives. The sequence is h where it lies, unless a mask and an initial state, or zeros in the place of steps
 * that do not count, make them differ; the last step
 * and the states are copies, because the last row is another one in every run.
 */
final class LstmOutputs {

    private final LstmValues values;
    private final boolean apart;
    /** Whether all runs are of one size and show h, so that the last row is always the same. */
    private final boolean isFixed;
    private RowsView h;
    private RowsView sequenceRows;
    private RowsView lastRows;
    private RowsView stateHRows;
    private RowsView stateCRows;

    private LstmOutputs(PlanContext context, RecurrentSizes sizes, Lstm config, LstmSlots slots) {
        Shape state = Shape.of(sizes.batch(), sizes.units());
        Shape steps = Shape.of(sizes.batch(), sizes.time(), sizes.units());
        boolean masked = context.mask() != null;
        boolean zeroes = masked && config.zeroesOutputForMask();
        this.apart = config.returnsSequences() && masked
                && (zeroes || !context.arguments().initialState().isEmpty());
        long firstOutput = (long) sizes.batch() * sizes.unitsLd() * Float.BYTES;
        Value sequence = !config.returnsSequences()
                ? null
                : apart ? context.output("", steps) : context.outputIn("", steps, slots.h(), firstOutput);
        this.isFixed = context.mode().carriesState() && !zeroes;
        long lastRow = firstOutput + (sizes.rows() - (long) sizes.batch()) * sizes.unitsLd() * Float.BYTES;
        Value last = config.returnsSequences()
                ? null
                : isFixed ? context.outputIn("", state, slots.h(), lastRow) : context.output("", state);
        Value stateH = config.returnsState() ? context.output(" h", state) : null;
        Value stateC = config.returnsState() ? context.output(" c", state) : null;
        this.values = new LstmValues(sequence, last, stateH, stateC);
    }

    static LstmOutputs plan(PlanContext context, RecurrentSizes sizes, Lstm config, LstmSlots slots) {
        return new LstmOutputs(context, sizes, config, slots);
    }

    LstmValues values() {
        return values;
    }

    /** Whether the sequence is a copy, which is there after the last step only. */
    boolean isApart() {
        return apart;
    }

    void bind(MemorySegment w, RecurrentMemory memory) {
        h = memory.h().from(memory.batch());
        sequenceRows = apart ? values.sequence().rows(w) : null;
        lastRows = values.last() == null || isFixed ? null : values.last().rows(w);
        stateHRows = values.stateH() == null ? null : values.stateH().rows(w);
        stateCRows = values.stateC() == null ? null : values.stateC().rows(w);
    }

    /** Whatever is no view of h. */
    void write(LstmStates states, LstmMask mask) {
        if (apart) {
            Value sequence = values.sequence();
            RowCopy.copyRows(h, 0, sequenceRows, 0, sequence.rows(), sequence.columns());
            mask.clearSequence(sequenceRows, sequence.columns());
        }
        if (lastRows != null) {
            states.copyLast(0, lastRows);
            if (mask != null) {
                mask.clearLast(lastRows, values.last().columns());
            }
        }
        if (stateHRows != null) {
            states.copyLast(0, stateHRows);
            states.copyLast(1, stateCRows);
        }
    }
}
