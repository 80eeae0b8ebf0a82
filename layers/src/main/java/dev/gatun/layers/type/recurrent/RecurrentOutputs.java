package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.rnn.RecurrentMemory;
import dev.gatun.engine.rnn.RecurrentSizes;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * What a recurrent call gives. The sequence is h where it lies, unless a mask and a state to begin at, or zeros in the place of
 * steps that do not count, make them differ; the last step
 * and the states are copies, because the last row is another one in every run.
 */
final class RecurrentOutputs {

    private final RecurrentValues values;
    private final boolean apart;
    /** Whether all runs are of one size and show h, so that the last row is always the same. */
    private final boolean isFixed;
    private static final boolean[] NONE = {};

    /** Whether samples go on from states that are carried, but for those that begin at what is learned. */
    private final boolean goesOn;
    /** Whether a last output is zero where no step counts; a run that goes on from a state repeats what that one showed. */
    private final boolean clearsLast;
    private RowsView h;
    private RowsView sequenceRows;
    private RowsView lastRows;
    private RowsView[] stateRows;

    private RecurrentOutputs(PlanContext context, RecurrentSizes sizes, BuiltRecurrent layer, RecurrentSlots slots) {
        RecurrentLayer<?> config = layer.config();
        Shape state = Shape.of(sizes.batch(), sizes.outputs());
        Shape steps = Shape.of(sizes.batch(), sizes.time(), sizes.outputs());
        boolean masked = context.mask() != null;
        boolean zeroes = masked && config.zeroesOutputForMask();
        boolean isStateful = !context.call().keptBytes().isEmpty() && !context.mode().carriesState();
        this.apart = config.returnsSequences() && masked
                && (zeroes || isStateful || config.learnsInitialState()
                        || !context.arguments().initialState().isEmpty());
        long firstOutput = (long) sizes.batch() * sizes.outputsLd() * Float.BYTES;
        Value sequence = !config.returnsSequences()
                ? null
                : apart ? context.output("", steps) : context.outputIn("", steps, slots.h(), firstOutput);
        this.isFixed = context.mode() == ExecutionMode.STREAMING && !zeroes;
        this.goesOn = context.mode().carriesState() && context.arguments().initialState().isEmpty()
                && !context.call().carriedBytes().isEmpty();
        this.clearsLast = masked && (zeroes || !goesOn);
        long lastRow = firstOutput + (sizes.rows() - (long) sizes.batch()) * sizes.outputsLd() * Float.BYTES;
        Value last = config.returnsSequences()
                ? null
                : isFixed ? context.outputIn("", state, slots.h(), lastRow) : context.output("", state);
        List<Value> states = new ArrayList<>();
        if (config.returnsState()) {
            List<String> names = layer.form().states();
            for (int i = 0; i < names.size(); i++) {
                states.add(context.output(" " + names.get(i), Shape.of(sizes.batch(), config.stateWidths().get(i))));
            }
        }
        this.values = new RecurrentValues(sequence, last, states);
    }

    static RecurrentOutputs plan(
            PlanContext context, RecurrentSizes sizes, BuiltRecurrent layer, RecurrentSlots slots) {
        return new RecurrentOutputs(context, sizes, layer, slots);
    }

    RecurrentValues values() {
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
        stateRows = new RowsView[values.states().size()];
        for (int i = 0; i < stateRows.length; i++) {
            stateRows[i] = values.states().get(i).rows(w);
        }
    }

    /** Whatever is no view of h. */
    void write(RecurrentStates states, StepMask mask) {
        if (apart) {
            Value sequence = values.sequence();
            RowCopy.copyRows(h, 0, sequenceRows, 0, sequence.rows(), sequence.columns());
            mask.clearSequence(sequenceRows, sequence.columns(), goesOn ? states.begins() : NONE);
        }
        if (lastRows != null) {
            states.copyLast(0, lastRows);
            if (clearsLast) {
                mask.clearLast(lastRows, values.last().columns());
            } else if (mask != null) {
                mask.clearLastOf(states.begins(), lastRows, values.last().columns());
            }
        }
        for (int i = 0; i < stateRows.length; i++) {
            states.copyLast(i, stateRows[i]);
        }
    }
}
