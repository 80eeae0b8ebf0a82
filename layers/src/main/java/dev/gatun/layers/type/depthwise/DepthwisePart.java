package dev.gatun.layers.type.depthwise;

import dev.gatun.engine.conv.ConvSizes;
import dev.gatun.engine.conv.DepthwiseBackward;
import dev.gatun.engine.conv.DepthwiseForward;
import dev.gatun.engine.conv.DepthwiseLayer;
import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Slot;
import java.lang.foreign.MemorySegment;

/** The filters of single features in an operation: their memory, and what runs them. */
final class DepthwisePart {

    private final DepthwiseSizes sizes;
    private final PlanContext context;
    private final Value input;
    private final int ld;
    private final Slot wide;
    private final Slot wideGradient;
    private DepthwiseLayer layer;
    private DepthwiseForward forward;
    private DepthwiseBackward backward;

    DepthwisePart(DepthwiseSizes sizes, PlanContext context) {
        this.sizes = sizes;
        this.context = context;
        this.input = context.arguments().input();
        this.ld = LeadingDimension.of(sizes.columns());
        this.wide = sizes.layer().depthMultiplier() > 1 ? context.workspace("features", input.rows(), ld) : null;
        this.wideGradient = wide != null && input.requiresGradient()
                ? context.workspace("gradient of features", input.rows(), ld)
                : null;
        context.memory().zeros(ld);
    }

    /** Floats from one row of what is made to the next. */
    int ld() {
        return ld;
    }

    /** @param start one row to begin at */
    void bind(Operation.Memory memory, RowsView y, RowsView start) {
        RowsView x = input.rows(memory.workspace());
        layer = new DepthwiseLayer(sizes.taps(), sizes.layer().depthMultiplier(), sizes.features(), x,
                wide == null ? x : rows(memory, wide), y, memory.parameters(), context.weights().at(0), start);
        forward = new DepthwiseForward(layer, context.team());
    }

    /**
     * After {@link #bind}.
     *
     * @param add whether the gradient of the input is there already
     */
    void bindBack(Operation.Memory memory, RowsView dy, boolean add) {
        MemorySegment into = context.gradients(memory);
        DepthwiseBackward.ToInput toInput = input.requiresGradient()
                ? new DepthwiseBackward.ToInput(input.gradient(memory.workspace()),
                        wideGradient == null ? null : rows(memory, wideGradient), add, memory.zeros())
                : null;
        backward = new DepthwiseBackward(layer, into, dy, toInput, context.team());
    }

    /** Rows of what is made, in memory of the operation's own. */
    RowsView rows(Operation.Memory memory, Slot slot) {
        return new RowsView(memory.workspace(), slot.baseBytes(), (long) ld * Float.BYTES);
    }

    void resize(Value output) {
        int inputs = Math.toIntExact(input.shape().dim(1));
        ConvSizes run = new ConvSizes(input.batch(), inputs, Math.toIntExact(output.shape().dim(1)),
                sizes.window().before(inputs));
        forward.resize(run);
        if (backward != null) {
            backward.resize(run);
        }
    }

    void forward() {
        forward.run();
    }

    void backward() {
        backward.run();
    }
}
