package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.cell.CellProduct;
import dev.gatun.layers.cell.CellStep;
import dev.gatun.layers.plan.PlanContext;
import java.lang.foreign.MemorySegment;

/** A step of {@link MinimalGatedCell}, forward and back. */
final class MinimalGatedOperation implements CellOperation {

    private final PlanContext context;
    private final int units;
    private final CellProduct forgetKernel;
    private final CellProduct forgetRecurrent;
    private final CellProduct candidateKernel;
    private final CellProduct candidateRecurrent;
    private CellMemory memory;
    private RowsView forget;
    private RowsView candidate;
    private RowsView forgotten;
    private RowsView dCandidate;
    private RowsView dForgotten;
    private BiasGradient forgetBias;
    private BiasGradient candidateBias;

    MinimalGatedOperation(PlanContext context, int inputs, int units) {
        WeightLayout kernel = WeightLayout.plain(inputs, units);
        WeightLayout recurrent = WeightLayout.plain(units, units);
        this.context = context;
        this.units = units;
        this.forgetKernel = new CellProduct(context, 0, kernel);
        this.forgetRecurrent = new CellProduct(context, 1, recurrent);
        this.candidateKernel = new CellProduct(context, 3, kernel);
        this.candidateRecurrent = new CellProduct(context, 4, recurrent);
    }

    @Override
    public void bind(CellMemory rows) {
        memory = rows;
        forget = rows.kept().get(0);
        candidate = rows.kept().get(1);
        forgotten = rows.kept().get(2);
        RowsView h = rows.states().getFirst();
        forgetKernel.forward(rows.plan(), rows.x(), forget, bias(2));
        forgetRecurrent.forward(rows.plan(), h, forget, forget);
        candidateKernel.forward(rows.plan(), rows.x(), candidate, bias(5));
        candidateRecurrent.forward(rows.plan(), forgotten, candidate, candidate);
        if (rows.gradients() != null) {
            bindBackward(rows);
        }
    }

    private RowsView bias(int weight) {
        return new RowsView(memory.plan().parameters(), context.weights().at(weight), 0);
    }

    /** The gradient of the forget gate takes the gate's place, as the last thing of a step that needs it. */
    private void bindBackward(CellMemory rows) {
        CellMemory.Gradients gradients = rows.gradients();
        dCandidate = rows.kept().get(3);
        dForgotten = rows.kept().get(4);
        forgetKernel.backward(rows.plan(), forget, gradients.x(), false);
        forgetRecurrent.backward(rows.plan(), forget, gradients.states().getFirst(), true);
        candidateKernel.backward(rows.plan(), dCandidate, gradients.x(), true);
        candidateRecurrent.backward(rows.plan(), dCandidate, dForgotten, false);
        MemorySegment into = context.gradients(rows.plan());
        if (into != null) {
            forgetBias = new BiasGradient(forget, into, context.weights().at(2));
            candidateBias = new BiasGradient(dCandidate, into, context.weights().at(5));
        }
    }

    @Override
    public void forward(CellStep step) {
        forgetKernel.make(step.x(), step.kept(), step.count());
        forgetRecurrent.make(step.before(), step.kept(), step.count());
        for (int row = 0; row < step.count(); row++) {
            for (int u = 0; u < units; u++) {
                float f = ActivationFormula.SIGMOID.value(get(forget, step.kept() + row, u));
                set(forget, step.kept() + row, u, f);
                set(forgotten, step.kept() + row, u, f * h(step.before() + row, u));
            }
        }
        candidateKernel.make(step.x(), step.kept(), step.count());
        candidateRecurrent.make(step.kept(), step.kept(), step.count());
        for (int row = 0; row < step.count(); row++) {
            for (int u = 0; u < units; u++) {
                float h = h(step.before() + row, u);
                float c = ActivationFormula.TANH.value(get(candidate, step.kept() + row, u));
                set(candidate, step.kept() + row, u, c);
                float next = Math.fma(get(forget, step.kept() + row, u), c - h, h);
                set(memory.states().getFirst(), step.after() + row, u, next);
                set(memory.output(), step.output() + row, u, next);
            }
        }
    }

    @Override
    public void beginBackward(int member, int size) {
        forgetKernel.transpose(member, size);
        forgetRecurrent.transpose(member, size);
        candidateKernel.transpose(member, size);
        candidateRecurrent.transpose(member, size);
    }

    @Override
    public void backward(CellStep step) {
        for (int row = 0; row < step.count(); row++) {
            for (int u = 0; u < units; u++) {
                float c = get(candidate, step.kept() + row, u);
                set(dCandidate, step.kept() + row, u,
                        dAfter(step, row, u) * get(forget, step.kept() + row, u) * (1 - c * c));
            }
        }
        candidateRecurrent.giveBack(step.kept(), step.kept(), step.count());
        RowsView dBefore = memory.gradients().states().getFirst();
        for (int row = 0; row < step.count(); row++) {
            for (int u = 0; u < units; u++) {
                float h = h(step.before() + row, u);
                float f = get(forget, step.kept() + row, u);
                float dh = dAfter(step, row, u);
                float dr = get(dForgotten, step.kept() + row, u);
                float df = dh * (get(candidate, step.kept() + row, u) - h) + dr * h;
                set(forget, step.kept() + row, u, df * f * (1 - f));
                set(dBefore, step.gradientBefore() + row, u, dh * (1 - f) + dr * f);
            }
        }
        forgetRecurrent.giveBack(step.kept(), step.gradientBefore(), step.count());
        forgetKernel.giveBack(step.kept(), step.x(), step.count());
        candidateKernel.giveBack(step.kept(), step.x(), step.count());
    }

    @Override
    public void weightGradients(CellStep all, int member, int size) {
        forgetKernel.addGradient(all.x(), all.count(), member, size);
        forgetRecurrent.addGradient(all.before(), all.count(), member, size);
        candidateKernel.addGradient(all.x(), all.count(), member, size);
        candidateRecurrent.addGradient(all.kept(), all.count(), member, size);
        if (member == 0 && forgetBias != null) {
            int strips = Strips.padded(units) / Strips.WIDTH;
            forgetBias.strips(all.count(), 0, strips);
            candidateBias.strips(all.count(), 0, strips);
        }
    }

    private float h(int row, int unit) {
        return get(memory.states().getFirst(), row, unit);
    }

    /** What h after the step was given back: as a state, and as what the step returned. */
    private float dAfter(CellStep step, int row, int unit) {
        return get(memory.gradients().states().getFirst(), step.gradientAfter() + row, unit)
                + get(memory.gradients().output(), step.gradientOutput() + row, unit);
    }

    private static float get(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    private static void set(RowsView rows, int row, int column, float value) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, value);
    }
}
