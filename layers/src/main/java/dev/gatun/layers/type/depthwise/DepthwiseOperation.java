package dev.gatun.layers.type.depthwise;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.BiasGradient;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A convolution of single features, then bias and activation. */
final class DepthwiseOperation implements Operation {

    private final PlanContext context;
    private final DepthwisePart part;
    private final ActivationFormula formula;
    private final Value input;
    private final Value output;
    private final Slot pre;
    private final boolean hasBias;
    private RowsView before;
    private RowsView y;
    private RowsView dy;
    private BiasGradient bias;

    DepthwiseOperation(DepthwiseSizes sizes, PlanContext context, Shape shape) {
        this.context = context;
        this.part = new DepthwisePart(sizes, context);
        this.formula = sizes.layer().activation().formula();
        this.input = context.arguments().input();
        this.output = context.output("", shape);
        boolean keepsPre = context.requiresGradient() && formula.derivativeNeedsInput();
        this.pre = keepsPre ? context.workspace("pre-activation", output.rows(), output.ld()) : null;
        this.hasBias = sizes.layer().useBias();
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        y = output.rows(memory.workspace());
        before = pre == null ? y : new RowsView(memory.workspace(), pre.baseBytes(), y.rowBytes());
        part.bind(memory, before, hasBias
                ? new RowsView(memory.parameters(), context.weights().at(1), 0)
                : memory.zeros());
        if (output.requiresGradient() && output.hasGradient()) {
            dy = output.gradient(memory.workspace());
            MemorySegment into = context.gradients(memory);
            bias = into != null && hasBias ? new BiasGradient(dy, into, context.weights().at(1)) : null;
            part.bindBack(memory, dy, input.requiresGradient() && input.claimGradient());
        }
    }

    @Override
    public void resize() {
        part.resize(output);
    }

    @Override
    public void forward(RunContext run) {
        part.forward();
        for (int row = 0; formula != ActivationFormula.LINEAR && row < output.rows(); row++) {
            RowActivation.forward(formula, before.segment(), before.at(row), y.segment(), y.at(row),
                    output.columns());
        }
    }

    @Override
    public void backward(RunContext run) {
        if (dy == null) {
            return;
        }
        for (int row = 0; formula != ActivationFormula.LINEAR && row < output.rows(); row++) {
            RowActivation.backward(formula, dy.segment(), before.at(row), y.at(row), dy.at(row), dy.at(row),
                    output.columns());
        }
        if (bias != null) {
            bias.strips(output.rows(), 0, Strips.padded(output.columns()) / Strips.WIDTH);
        }
        part.backward();
    }
}
