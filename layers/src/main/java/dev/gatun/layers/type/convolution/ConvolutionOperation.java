package dev.gatun.layers.type.convolution;

import dev.gatun.engine.conv.ConvBackward;
import dev.gatun.engine.conv.ConvForward;
import dev.gatun.engine.conv.ConvKernel;
import dev.gatun.engine.conv.ConvLayer;
import dev.gatun.engine.conv.ConvMemory;
import dev.gatun.engine.conv.ConvSizes;
import dev.gatun.engine.conv.TapScratch;
import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A convolution at known sizes. */
final class ConvolutionOperation implements Operation {

    private final BuiltConvolution layer;
    private final PlanContext context;
    private final ActivationFormula formula;
    private final Value input;
    private final Value output;
    private final Slot pre;
    private final Slot transposed;
    private final Slot scratch;
    private final Slot packs;
    private final Slot before;
    private EarlierSteps earlier;
    private RowsView x;
    private ConvForward forward;
    private ConvBackward backward;

    ConvolutionOperation(BuiltConvolution layer, PlanContext context, Shape shape) {
        this.layer = layer;
        this.context = context;
        this.formula = layer.layer().activation().formula();
        this.input = context.arguments().input();
        this.output = context.output("", shape);
        boolean keepsPre = context.requiresGradient() && formula.derivativeNeedsInput();
        this.pre = keepsPre ? context.workspace("pre-activation", output.rows(), output.ld()) : null;
        context.memory().zeros(Math.max(output.ld(), input.ld()));
        boolean isTransposed = layer.taps().spreads() || input.requiresGradient();
        this.transposed = isTransposed
                ? context.memory().workspace(context.name() + " transposed kernel", layer.kernel().transposedBytes())
                : null;
        this.scratch = context.memory().scratch(context.name() + " taps",
                TapScratch.bytes(layer.kernel().widest(), pieces(), context.team().size()));
        this.packs = context.requiresGradient() ? context.gradientScratch() : null;
        this.before = steps() == 0
                ? null
                : context.workspace("steps before", (long) steps() * input.batch(), input.ld());
    }

    /** How many steps before the first one a run may be given: only where something is carried from run to run. */
    private int steps() {
        boolean isCarried = !context.call().carriedBytes().isEmpty()
                && (context.mode().carriesState() || context.mode().gradients());
        return isCarried ? (layer.taps().count() - 1) * layer.taps().dilation() : 0;
    }

    private int pieces() {
        ConvKernel kernel = layer.kernel();
        return Math.max(kernel.rows(), kernel.columns());
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment workspace = memory.workspace();
        DenseWeights weights = new DenseWeights(memory.parameters(), context.weights().at(0),
                context.weights().trained().size() > 1 ? context.weights().at(1) : DenseWeights.NO_BIAS);
        x = input.rows(workspace);
        earlier = before == null
                ? null
                : new EarlierSteps(steps(), input.columns(), new RowsView(workspace, before.baseBytes(), x.rowBytes()),
                        context.call().carriedBytes().getFirst());
        RowsView y = output.rows(workspace);
        RowsView preRows = pre == null ? y : new RowsView(workspace, pre.baseBytes(), y.rowBytes());
        ConvLayer planned = new ConvLayer(layer.taps(), layer.kernel(), formula, x,
                earlier == null ? null : earlier.rows(), preRows, y, weights, memory(memory));
        forward = new ConvForward(planned, context.team());
        if (output.requiresGradient() && output.hasGradient()) {
            boolean add = input.requiresGradient() && input.claimGradient();
            MemorySegment into = context.gradients(memory);
            backward = new ConvBackward(planned, into == null ? null : weights.in(into), output.gradient(workspace),
                    input.requiresGradient() ? input.gradient(workspace) : null, add, context.team());
        }
    }

    private ConvMemory memory(Memory memory) {
        MemorySegment workspace = memory.workspace();
        return new ConvMemory(
                TapScratch.of(workspace, context.memory().at(scratch), layer.kernel().widest(), pieces(),
                        context.team().size()),
                transposed == null ? null : new RowsView(workspace, transposed.baseBytes(), 0),
                packs == null ? null : context.gradientScratchRows(packs, workspace), memory.zeros());
    }

    @Override
    public void resize() {
        int inputs = Math.toIntExact(input.shape().dim(1));
        ConvSizes sizes = new ConvSizes(input.batch(), inputs, Math.toIntExact(output.shape().dim(1)),
                layer.sizes().before(inputs));
        forward.resize(sizes, steps());
        if (backward != null) {
            backward.resize(sizes, steps());
        }
    }

    @Override
    public void forward(RunContext run) {
        if (earlier != null) {
            earlier.begin(run, input.batch());
        }
        forward.run();
    }

    @Override
    public void backward(RunContext run) {
        if (backward != null) {
            backward.run();
        }
    }

    @Override
    public void keepState(RunContext run) {
        if (earlier != null) {
            earlier.keep(run, x, input.batch(), Math.toIntExact(input.shape().dim(1)));
        }
    }
}
