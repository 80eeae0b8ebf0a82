package dev.gatun.layers.plan;

import dev.gatun.layers.value.ValueType;
import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import dev.gatun.memory.Slot;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * A value of a graph: rows of features in the workspace. Its place is made for the largest shape it may have; how much of it
 * counts is said before a run, and rows that count lie one behind the other. The batch is the innermost of the leading axes:
 * sequences [B,T,F] lie time-major, row {@code t B + b}; flat values [B,F] have B rows; of [B,T,S,F] row
 * {@code (t S + s) B + b}. Rows are padded to {@link #ld} floats. Numbers that are not features, as token ids [B,T] and masks
 * [B,T], are rows of one. Where a gradient is wanted it has rows of the same form.
 */
public final class Value {

    private static final int HIGHEST_RANK = 4;
    private static final long NONE = -1;

    private final ValueType type;
    private final Shape largest;
    private final Slot slot;
    private final long baseBytes;
    private final int ld;
    private final long gradientBytes;
    private boolean gradientClaimed;
    private Value mask;
    private Shape shape;
    private int batch;
    private int rows;
    private int columns;

    private Value(ValueType type, Shape largest, Slot slot, long baseBytes, long gradientBytes) {
        if (largest.rank() < 1 || largest.rank() > HIGHEST_RANK) {
            throw new ShapeException("A value has 1 to " + HIGHEST_RANK + " axes, batch first, got the shape " + largest
                    + "; reshape it");
        }
        this.type = type;
        this.largest = largest;
        this.slot = slot;
        this.baseBytes = baseBytes;
        this.ld = ld(type, largest);
        this.gradientBytes = gradientBytes;
        resize(largest);
    }

    /** What a model's input is copied into; has a gradient only if the mode wants those of inputs. */
    static Value input(String name, ValueType type, Shape shape, ExecutionMode mode, PlanMemory memory) {
        boolean wanted = type == ValueType.FLOAT32 && mode.gradients() && mode.inputGradients();
        return allocate(name, type, shape, wanted, memory);
    }

    /** A value with memory of its own. */
    static Value allocate(String name, ValueType type, Shape shape, boolean requiresGradient, PlanMemory memory) {
        return at(name, type, shape, memory.workspace(name, bytes(type, shape)), 0, requiresGradient, memory);
    }

    /** A value that lies inside memory an operation has asked for. */
    static Value at(
            String name, ValueType type, Shape shape, Slot slot, long offsetBytes, boolean requiresGradient,
            PlanMemory memory) {
        long gradient = requiresGradient
                ? memory.workspace(name + " gradient", bytes(type, shape)).baseBytes()
                : NONE;
        return new Value(type, shape, slot, slot.baseBytes() + offsetBytes, gradient);
    }

    private static int ld(ValueType type, Shape shape) {
        return type.hasColumns() ? LeadingDimension.of(columns(type, shape)) : 1;
    }

    private static long bytes(ValueType type, Shape shape) {
        return Math.multiplyExact(rows(type, shape), (long) ld(type, shape) * Float.BYTES);
    }

    private static int columns(ValueType type, Shape shape) {
        return type.hasColumns() && shape.rank() > 1 ? Math.toIntExact(shape.last()) : 1;
    }

    private static long rows(ValueType type, Shape shape) {
        long rows = 1;
        int axes = type.hasColumns() && shape.rank() > 1 ? shape.rank() - 1 : shape.rank();
        for (int axis = 0; axis < axes; axis++) {
            rows = Math.multiplyExact(rows, shape.dim(axis));
        }
        return rows;
    }

    /**
     * Says how much of the place counts in the runs that follow.
     *
     * @param active a shape of the same rank, no axis longer than the value was planned for
     * @throws ShapeException if it does not fit
     */
    public void resize(Shape active) {
        Arguments.required(active, "Value.resize", "active", "for example Shape.of(2, 3)");
        if (!active.fitsInto(largest)) {
            throw new ShapeException("A value planned for " + largest + " cannot have the shape " + active);
        }
        shape = active;
        batch = Math.toIntExact(active.dim(0));
        rows = Math.toIntExact(rows(type, active));
        columns = columns(type, active);
    }

    /** {@return what its numbers are} */
    public ValueType type() {
        return type;
    }

    /** {@return the shape the place is made for, batch first} */
    public Shape largest() {
        return largest;
    }

    /** {@return the shape of the present run, batch first; while plans are made the largest} */
    public Shape shape() {
        return shape;
    }

    /** {@return B of the present run} */
    public int batch() {
        return batch;
    }

    /** {@return rows for each sample: T of a sequence, 1 of a flat value} */
    public int time() {
        return batch == 0 ? 0 : rows / batch;
    }

    /** {@return rows of the present run: T B, or B} */
    public int rows() {
        return rows;
    }

    /** {@return numbers that count in a row of the present run} */
    public int columns() {
        return columns;
    }

    /** {@return floats from one row to the next} */
    public int ld() {
        return ld;
    }

    /** {@return the mask that says which steps count, or null if all do} */
    public Value mask() {
        return mask;
    }

    /**
     * Says which steps of this value count.
     *
     * @param steps a mask, or null if all do
     */
    public void mask(Value steps) {
        this.mask = steps;
    }

    /**
     * Where the mask of this value, [B,T], says whether a row counts: all rows within a step of [B,T,S,F] have the one of the step.
     *
     * @param row of the present run, counted from 0
     * @return a row of the mask, t B + b
     */
    public int maskRow(int row) {
        if (!type.hasColumns() || shape.rank() < HIGHEST_RANK) {
            return row;
        }
        int within = Math.toIntExact(shape.dim(2));
        return row / (within * batch) * batch + row % batch;
    }

    /** {@return the memory it lies in, which it may share with what an operation keeps beside it} */
    Slot slot() {
        return slot;
    }

    /** {@return whether a place for its gradient was planned} */
    public boolean requiresGradient() {
        return gradientBytes != NONE;
    }

    /**
     * Where its rows are.
     *
     * @param workspace the memory of the plan
     * @return rows from the first on, the same in every run
     */
    public RowsView rows(MemorySegment workspace) {
        Arguments.required(workspace, "Value.rows", "workspace", "the memory of the plan");
        return new RowsView(workspace, baseBytes, (long) ld * Float.BYTES);
    }

    /**
     * Where the rows of its gradient are.
     *
     * @param workspace the memory of the plan
     * @return rows from the first on, the same in every run
     * @throws IllegalStateException if none was planned
     */
    public RowsView gradient(MemorySegment workspace) {
        Arguments.required(workspace, "Value.gradient", "workspace", "the memory of the plan");
        if (!requiresGradient()) {
            throw new IllegalStateException("No gradient was planned for a value of shape " + largest);
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

    /** {@return whether anything writes this value's gradient; otherwise it counts as zero} */
    public boolean hasGradient() {
        return gradientClaimed;
    }
}
