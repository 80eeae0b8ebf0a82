package dev.gatun.layers.type.recurrent;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A cell of a user's own over a sequence, planned for its largest sizes. */
public final class CellLoop implements Operation {

    private final PlanContext context;
    private final LoopedCell looped;
    private final CellSlots slots;
    private final CellOperation cell;
    private final CellRows rows;
    private final Value input;
    private final List<Value> outputs = new ArrayList<>();
    private RowsView x;
    private RowsView prepared;
    private RowsView[] stateRows;
    private InputTransform reading;
    private StepMask mask;
    private CellStates states;
    private CellForward forward;
    private CellBackward backward;
    private List<RowsView> stateGradients = List.of();

    /**
     * A loop.
     *
     * @param looped  the cell
     * @param context of the call
     */
    public CellLoop(LoopedCell looped, PlanContext context) {
        this.context = context;
        this.looped = looped;
        this.input = context.arguments().input();
        this.slots = CellSlots.plan(context, looped);
        this.rows = new CellRows(context.requiresGradient(), looped.sequences(), context.team());
        long batch = input.batch();
        outputs.add(context.output("", looped.sequences()
                ? Shape.of(batch, input.time(), looped.output())
                : Shape.of(batch, looped.output())));
        for (int i = 0; looped.gives() && i < looped.states().size(); i++) {
            outputs.add(context.output(" " + looped.names().get(i), Shape.of(batch, looped.states().get(i))));
        }
        this.cell = looped.cell().operation(context);
    }

    @Override
    public List<Value> outputs() {
        return outputs;
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        x = input.rows(w);
        prepared = slots.prepared() == null ? x : slots.prepared().in(w);
        Value given = context.mask();
        mask = given == null
                ? null
                : new StepMask(given, given.rows(w), slots.stepRows(w), looped.backwards(), looped.zeroes());
        reading = new InputTransform(input, looped.backwards(), null, mask);
        List<RowsView> all = CellSlots.Rows.in(w, slots.states());
        states = new CellStates(context, rows, looped.states(), all, w);
        CellMemory own = new CellMemory(memory, prepared, all, outputs.getFirst().rows(w),
                CellSlots.Rows.in(w, slots.kept()), hasGradient() ? gradients(w) : null);
        cell.bind(own);
        forward = new CellForward(cell, looped, rows, own, mask);
        if (hasGradient()) {
            backward = new CellBackward(context, looped, cell, rows, own, mask, reading, outputs);
            stateGradients = own.gradients().states();
        }
        stateRows = new RowsView[outputs.size() - 1];
        for (int i = 0; i < stateRows.length; i++) {
            stateRows[i] = outputs.get(i + 1).rows(w);
        }
    }

    private CellMemory.Gradients gradients(MemorySegment w) {
        return new CellMemory.Gradients(slots.dx() == null ? null : slots.dx().in(w),
                CellSlots.Rows.in(w, slots.dStates()), slots.dOutput().in(w));
    }

    private boolean hasGradient() {
        for (Value output : outputs) {
            if (output.requiresGradient() && output.hasGradient()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void resize() {
        rows.resize(input.batch(), input.time());
    }

    @Override
    public void forward(RunContext run) {
        states.begin(run);
        if (mask != null) {
            mask.prepare();
        }
        if (prepared != x) {
            reading.prepare(x, prepared);
        }
        cell.begin(run);
        forward.run();
        for (int i = 0; i < stateRows.length; i++) {
            states.copyLast(i, stateRows[i]);
        }
    }

    @Override
    public void keepState(RunContext run) {
        states.keep(run);
    }

    @Override
    public void backward(RunContext run) {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public List<RowsView> stateGradients() {
        return stateGradients;
    }
}
