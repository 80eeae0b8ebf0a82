package dev.gatun.layers.type.depthwise;

import dev.gatun.engine.dense.DenseBackward;
import dev.gatun.engine.dense.DenseForward;
import dev.gatun.engine.dense.DenseLayer;
import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A convolution of single features, and a dense layer over what it makes of each step. */
final class SeparableOperation implements Operation {

    private final PlanContext context;
    private final DepthwisePart part;
    private final WeightLayout kernel;
    private final ActivationFormula formula;
    private final Value input;
    private final Value output;
    private final Slot middle;
    private final Slot middleGradient;
    private final Slot pre;
    private final Slot pack;
    private final Slot scratch;
    private DenseForward forward;
    private DenseBackward backward;

    SeparableOperation(DepthwiseSizes sizes, PlanContext context, Shape shape) {
        this.context = context;
        this.part = new DepthwisePart(sizes, context);
        this.kernel = WeightLayout.plain(sizes.columns(), Math.toIntExact(shape.last()));
        this.formula = sizes.layer().activation().formula();
        this.input = context.arguments().input();
        this.output = context.output("", shape);
        boolean goesBack = context.requiresGradient();
        this.middle = context.workspace("single features", output.rows(), part.ld());
        this.middleGradient = goesBack
                ? context.workspace("gradient of single features", output.rows(), part.ld())
                : null;
        this.pre = goesBack && formula.derivativeNeedsInput()
                ? context.workspace("pre-activation", output.rows(), output.ld())
                : null;
        context.memory().zeros(output.ld());
        this.pack = goesBack
                ? context.memory().workspace(context.name() + " transposed kernel", kernel.transposed().bytes())
                : null;
        this.scratch = goesBack ? context.gradientScratch() : null;
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment workspace = memory.workspace();
        RowsView between = part.rows(memory, middle);
        part.bind(memory, between, memory.zeros());
        RowsView y = output.rows(workspace);
        RowsView preRows = pre == null ? y : new RowsView(workspace, pre.baseBytes(), y.rowBytes());
        DenseWeights weights = new DenseWeights(memory.parameters(), context.weights().at(1),
                context.weights().trained().size() > 2 ? context.weights().at(2) : DenseWeights.NO_BIAS);
        DenseLayer layer = new DenseLayer(output.rows(), kernel, formula, between, preRows, y, weights,
                memory.zeros());
        forward = new DenseForward(layer, context.team());
        if (output.requiresGradient() && output.hasGradient()) {
            RowsView back = part.rows(memory, middleGradient);
            MemorySegment into = context.gradients(memory);
            backward = new DenseBackward(layer, into == null ? null : weights.in(into), output.gradient(workspace),
                    new DenseBackward.DenseFlow(back, false, new RowsView(workspace, pack.baseBytes(), 0),
                            context.gradientScratchRows(scratch, workspace)),
                    context.team());
            part.bindBack(memory, back, input.requiresGradient() && input.claimGradient());
        }
    }

    @Override
    public void resize() {
        part.resize(output);
        forward.resize(output.rows());
        if (backward != null) {
            backward.resize(output.rows());
        }
    }

    @Override
    public void forward(RunContext run) {
        part.forward();
        forward.run();
    }

    @Override
    public void backward(RunContext run) {
        if (backward != null) {
            backward.run();
            part.backward();
        }
    }
}
