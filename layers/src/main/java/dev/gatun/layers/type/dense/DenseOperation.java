package dev.gatun.layers.type.dense;

import dev.gatun.engine.dense.DenseBackward;
import dev.gatun.engine.dense.DenseForward;
import dev.gatun.engine.dense.DenseLayer;
import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.plan.RowOperation;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A dense layer at known sizes. */
final class DenseOperation implements RowOperation {

    private final PlanContext context;
    private final WeightLayout kernel;
    private final ActivationFormula formula;
    private final Value input;
    private final Value output;
    private final Slot pre;
    private final Slot pack;
    private final Slot scratch;
    private DenseForward forward;
    private DenseBackward backward;

    DenseOperation(WeightLayout kernel, ActivationFormula formula, Value output, PlanContext context) {
        this.context = context;
        this.kernel = kernel;
        this.formula = formula;
        this.input = context.arguments().input();
        this.output = output;
        boolean keepsPre = context.requiresGradient() && formula.derivativeNeedsInput();
        this.pre = keepsPre ? context.workspace("pre-activation", output.rows(), output.ld()) : null;
        context.memory().zeros(Math.max(output.ld(), input.ld()));
        this.pack = input.requiresGradient()
                ? context.memory().workspace(context.name() + " transposed kernel", kernel.transposed().bytes())
                : null;
        this.scratch = context.requiresGradient() ? context.gradientScratch() : null;
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        DenseWeights weights = new DenseWeights(
                memory.parameters(),
                context.weights().at(0),
                context.weights().trained().size() > 1 ? context.weights().at(1) : DenseWeights.NO_BIAS);
        RowsView y = output.rows(memory.workspace());
        RowsView preRows = pre == null ? y : new RowsView(memory.workspace(), pre.baseBytes(), y.rowBytes());
        DenseLayer layer = new DenseLayer(
                output.rows(), kernel, formula, input.rows(memory.workspace()), preRows, y, weights, memory.zeros());
        forward = new DenseForward(layer, context.team());
        if (output.requiresGradient() && output.hasGradient()) {
            boolean add = input.requiresGradient() && input.claimGradient();
            DenseBackward.DenseFlow flow = new DenseBackward.DenseFlow(
                    input.requiresGradient() ? input.gradient(memory.workspace()) : null,
                    add,
                    pack == null
                            ? null
                            : new RowsView(memory.workspace(), pack.baseBytes(), 0),
                    context.gradientScratchRows(scratch, memory.workspace()));
            MemorySegment into = context.gradients(memory);
            backward = new DenseBackward(
                    layer, into == null ? null : weights.in(into), output.gradient(memory.workspace()), flow,
                    context.team());
        }
    }

    @Override
    public void resize() {
        forward.resize(output.rows());
        if (backward != null) {
            backward.resize(output.rows());
        }
    }

    @Override
    public void forwardRows(RunContext run, int first, int count) {
        forward.rows(first, count);
    }

    @Override
    public void forward(RunContext run) {
        forward.run();
    }

    @Override
    public void backward(RunContext run) {
        if (backward != null) {
            backward.run();
        }
    }
}
