package dev.gatun.layers.plan;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * A value of a graph at known sizes: rows of features in the workspace. Sequences [B,T,F] lie time-major, row
 * {@code t B + b}; flat values [B,F] have B rows. Rows are padded to {@link #ld} floats. Where a gradient is wanted it has
 * rows of the same form.
 */
public final class Value {

    private static final long NONE = -1;

    private final Shape shape;
    private final long baseBytes;
    private final int ld;
    private final boolean requiresGradient;
    private final long gradientBytes;
    private boolean gradientClaimed;

    private Value(Shape shape, long baseBytes, boolean requiresGradient, long gradientBytes) {
        this.shape = shape;
        this.baseBytes = baseBytes;
        this.ld = LeadingDimension.of(Math.toIntExact(shape.last()));
        this.requiresGradient = requiresGradient;
        this.gradientBytes = gradientBytes;
    }

    /** What a model's input is copied into; has a gradient only if the mode wants those of inputs. */
    public static Value input(String name, Shape shape, ExecutionMode mode, MemoryPlan memory) {
        Arguments.required(shape, "Value.input", "shape", "for example Shape.of(2, 3)");
        Arguments.required(mode, "Value.input", "mode", "for example ExecutionMode.INFERENCE");
        Arguments.required(memory, "Value.input", "memory", "the plan of the memory");
        return allocate(name, shape, mode.gradients() && mode.inputGradients(), memory);
    }

    /** A value with memory of its own. */
    static Value allocate(String name, Shape shape, boolean requiresGradient, MemoryPlan memory) {
        return at(name, shape, memory.workspace(name, bytes(shape)).baseBytes(), requiresGradient, memory);
    }

    /** A value that lies where an operation put it. */
    static Value at(String name, Shape shape, long baseBytes, boolean requiresGradient, MemoryPlan memory) {
        long gradient = requiresGradient ? memory.workspace(name + " gradient", bytes(shape)).baseBytes() : NONE;
        return new Value(shape, baseBytes, requiresGradient, gradient);
    }

    private static long bytes(Shape shape) {
        return shape.with(-1, LeadingDimension.of(Math.toIntExact(shape.last()))).floatBytes();
    }

    /** Shape, batch first: [B,T,F] or [B,F]. */
    public Shape shape() {
        return shape;
    }

    public int batch() {
        return Math.toIntExact(shape.dim(0));
    }

    /** T, or 1 for a flat value. */
    public int time() {
        return shape.rank() == 3 ? Math.toIntExact(shape.dim(1)) : 1;
    }

    /** T B, or B. */
    public int rows() {
        return Math.multiplyExact(batch(), time());
    }

    public int columns() {
        return Math.toIntExact(shape.last());
    }

    /** Floats from one row to the next. */
    public int ld() {
        return ld;
    }

    public boolean requiresGradient() {
        return requiresGradient;
    }

    public RowsView rows(MemorySegment workspace) {
        Arguments.required(workspace, "Value.rows", "workspace", "the memory of the plan");
        return new RowsView(workspace, baseBytes, (long) ld * Float.BYTES);
    }

    public RowsView gradient(MemorySegment workspace) {
        Arguments.required(workspace, "Value.gradient", "workspace", "the memory of the plan");
        if (!requiresGradient) {
            throw new IllegalStateException("No gradient was planned for a value of shape " + shape);
        }
        return new RowsView(workspace, gradientBytes, (long) ld * Float.BYTES);
    }

    /**
     * Called once by each operation that will write this value's gradient, in the order of the backward pass.
     *
     * @return whether an earlier one has written already, so that this one must add
     */
    public boolean claimGradient() {
        boolean earlier = gradientClaimed;
        gradientClaimed = true;
        return earlier;
    }

    /** Whether anything writes this value's gradient; otherwise it counts as zero. */
    public boolean hasGradient() {
        return gradientClaimed;
    }
}
