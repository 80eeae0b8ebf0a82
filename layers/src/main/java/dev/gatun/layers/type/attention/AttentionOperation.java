package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Attention at known sizes. Samples never meet, so each thread takes some of them. */
final class AttentionOperation implements Operation {

    private final AttentionForm form;
    private final PlanContext context;
    private final Value query;
    private final Value value;
    private final Value key;
    private final AttentionSizes largest;
    private final List<Value> outputs = new ArrayList<>();
    private final boolean back;
    private final boolean sums;
    private final Slot places;
    private final Slot kept;
    private final Slot gradientRows;
    private final Slot pack;
    private AttentionTeam team;

    AttentionOperation(AttentionForm form, PlanContext context, List<Shape> shapes) {
        this.form = form;
        this.context = context;
        List<Value> read = context.arguments().inputs();
        this.query = read.get(0);
        this.value = read.get(1);
        this.key = BuiltAttention.key(read);
        this.largest = new AttentionSizes(query.time(), value.time(), query.columns() / form.queryHeads(),
                value.columns() / form.valueHeads());
        for (int output = 0; output < shapes.size(); output++) {
            outputs.add(context.output(output == 0 ? "" : " scores", shapes.get(output)));
        }
        this.back = context.requiresGradient();
        this.sums = form.fit() != AttentionForm.Fit.DOT;
        this.places = context.memory().scratch(context.name() + " heads",
                Math.multiplyExact(HeadMemory.bytes(largest, sums, back), (long) context.team().size()));
        this.kept = back ? context.workspace("shares", keptRows(), LeadingDimension.of(largest.keys())) : null;
        this.gradientRows = back
                ? context.workspace("weights of samples", query.batch(), ScoreWeights.floats(form, largest.width()))
                : null;
        this.pack = back ? context.gradientScratch() : null;
        context.memory().zeros(Math.max(LeadingDimension.of(largest.keys()),
                Math.max(LeadingDimension.of(largest.width()), LeadingDimension.of(largest.valueWidth()))));
    }

    private long keptRows() {
        return Math.multiplyExact((long) form.queryHeads() * query.time(), (long) query.batch());
    }

    @Override
    public List<Value> outputs() {
        return outputs;
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        List<Value> read = context.arguments().inputs();
        AttentionRows rows = new AttentionRows(rows(query, w), rows(key, w), rows(value, w),
                rows(outputs.getFirst(), w),
                kept == null
                        ? null
                        : new RowsView(w, kept.baseBytes(), (long) LeadingDimension.of(largest.keys()) * Float.BYTES),
                form.returnsScores() ? outputs.getLast().rows(w) : null, flow(w));
        Value keyMask = form.projected() && key != value ? key.mask() : null;
        SeenKeys.Masks masks = new SeenKeys.Masks(CountedSteps.of(context.mask(), w),
                CountedSteps.of(value.mask(), w), CountedSteps.of(keyMask, w),
                AttentionMask.of(read.size() > 3 ? read.get(3) : null, w));
        ScoreWeights weights = new ScoreWeights(form, largest.width(), context.weights(), memory.parameters(),
                gradientRows == null
                        ? null
                        : new RowsView(w, gradientRows.baseBytes(),
                                (long) ScoreWeights.floats(form, largest.width()) * Float.BYTES),
                rows.back() == null ? null : context.gradients(memory));
        float rate = context.mode().dropout() ? (float) form.dropout() : 0f;
        AttentionTeam.Shared shared = new AttentionTeam.Shared(form, largest, rows, masks, weights,
                new ScoreDrops(rate, context.call().stream()), memory.zeros(),
                rows.back() == null ? null : context.gradientScratchRows(pack, w));
        team = new AttentionTeam(shared, context.team(), w, context.memory().at(places), back);
    }

    private static SampleRows rows(Value value, MemorySegment w) {
        return new SampleRows(value, value.rows(w));
    }

    /** What flows back, in the order in which it is written: that of the query first. */
    private AttentionRows.Back flow(MemorySegment w) {
        boolean any = false;
        for (Value output : outputs) {
            any |= output.requiresGradient() && output.hasGradient();
        }
        if (!any) {
            return null;
        }
        Value shown = form.returnsScores() ? outputs.getLast() : null;
        return new AttentionRows.Back(
                outputs.getFirst().hasGradient()
                        ? new SampleRows(outputs.getFirst(), outputs.getFirst().gradient(w))
                        : null,
                shown != null && shown.hasGradient() ? shown.gradient(w) : null,
                target(query, w), target(key, w), target(value, w));
    }

    private static AttentionRows.Target target(Value value, MemorySegment w) {
        return value.requiresGradient()
                ? new AttentionRows.Target(new SampleRows(value, value.gradient(w)), value.claimGradient())
                : new AttentionRows.Target(null, false);
    }

    @Override
    public void resize() {
        team.resize(query.batch(), query.time(), value.time());
    }

    @Override
    public void forward(RunContext run) {
        team.forward(run);
    }

    @Override
    public void backward(RunContext run) {
        team.backward(run);
    }
}
