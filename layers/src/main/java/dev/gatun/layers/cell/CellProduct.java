package dev.gatun.layers.cell;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.engine.team.Partition;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Slot;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;

/**
 * A weight W of a cell as what most cells do with one: {@code c = start + a W} for rows of a step, back
 * {@code da = dc W^T}, and over the rows of all steps {@code dW += a^T dc}. Every number is one chain of fused multiply-adds over
 * increasing k, so that no split of rows shows in the bits.
 *
 * <p>One thread plans it and says its rows ({@link #forward}, {@link #backward}). Then {@link #make} and {@link #giveBack} may be
 * called by several threads at the same time, each for rows of its own; {@link #transpose} and {@link #addGradient} by all of
 * them, each for its share.
 */
public final class CellProduct {

    private final PlanContext context;
    private final WeightLayout layout;
    private final int weight;
    private final int strips;
    private final Slot transposed;
    private final Slot scratch;
    private RowsView a;
    private RowsView c;
    private RowsView start;
    private Product forward;
    private TransposedWeight transpose;
    private Product back;
    private boolean adds;
    private WeightGradient gradient;

    /**
     * Plans the products of a weight.
     *
     * @param context of the Rnn's call
     * @param weight  which of the cell's weights, counted from 0 in the order of {@link BuiltCell#weights}
     * @param layout  how it lies, as its spec says
     */
    public CellProduct(PlanContext context, int weight, WeightLayout layout) {
        this.context = Arguments.required(context, "CellProduct", "context", "that of BuiltCell.operation");
        this.layout = Arguments.required(layout, "CellProduct", "layout", "for example WeightLayout.plain(3, 2)");
        this.weight = weight;
        this.strips = layout.strips().count();
        boolean goesBack = context.requiresGradient();
        this.transposed = goesBack
                ? context.memory().workspace(context.name() + " transposed weight", layout.transposed().bytes())
                : null;
        this.scratch = goesBack ? context.gradientScratch() : null;
        context.memory().zeros(Math.max(layout.transposed().columns(), layout.packedColumns()));
    }

    /**
     * Says the rows of the way forward; from {@link CellOperation#bind}.
     *
     * @param plan  the segments of the plan
     * @param rowsA a, as many columns as the weight has rows
     * @param rowsC c, which has the weight's columns
     * @param begin what c begins at: c itself to add to it, a bias, or zeros
     */
    public void forward(Operation.Memory plan, RowsView rowsA, RowsView rowsC, RowsView begin) {
        Arguments.required(plan, "CellProduct.forward", "plan", "the segments of the plan");
        a = Arguments.required(rowsA, "CellProduct.forward", "rowsA", "the rows that are read");
        c = Arguments.required(rowsC, "CellProduct.forward", "rowsC", "the rows that are made");
        start = Arguments.required(begin, "CellProduct.forward", "begin", "rows, of a bias one that is repeated");
        forward = new Product(a, plan.parameters(), context.weights().at(weight), layout.strips(), c, start);
    }

    /**
     * Says the rows of the way back; from {@link CellOperation#bind}, where there is one.
     *
     * @param plan   the segments of the plan
     * @param rowsDc gradient of c, paddings zero
     * @param rowsDa gradient of a; null if nobody asks for it
     * @param toDa   whether it is added to what is there
     */
    public void backward(Operation.Memory plan, RowsView rowsDc, RowsView rowsDa, boolean toDa) {
        Arguments.required(plan, "CellProduct.backward", "plan", "the segments of the plan");
        Arguments.required(rowsDc, "CellProduct.backward", "rowsDc", "the gradient of what was made");
        adds = toDa;
        transpose = TransposedWeight.of(layout, plan.parameters(), context.weights().at(weight), plan.workspace(),
                transposed.baseBytes());
        back = rowsDa == null ? null : transpose.product(rowsDc, rowsDa, toDa ? rowsDa : plan.zeros());
        MemorySegment into = context.gradients(plan);
        gradient = into == null
                ? null
                : new WeightGradient(a, rowsDc, layout.strips(), into, context.weights().at(weight),
                        context.gradientScratchRows(scratch, plan.workspace()));
    }

    /**
     * Makes c of some rows, once the way forward is said.
     *
     * @param rowA  first row of a
     * @param rowC  first row of c
     * @param count how many
     */
    public void make(int rowA, int rowC, int count) {
        forward.rows(rowA, rowC, start == c ? rowC : 0, count);
    }

    /**
     * A thread's share of transposing the weight as it is now; from {@link CellOperation#beginBackward}, of plans with a way back
     * alone.
     *
     * @param member which thread, from 0
     * @param size   how many there are
     */
    public void transpose(int member, int size) {
        transpose.share(member, size);
    }

    /**
     * Makes da of some rows, if anybody asks for it.
     *
     * @param rowDc first row of dc
     * @param rowDa first row of da
     * @param count how many
     */
    public void giveBack(int rowDc, int rowDa, int count) {
        if (back != null) {
            back.rows(rowDc, rowDa, adds ? rowDa : 0, count);
        }
    }

    /**
     * A thread's share of the weight's gradient over all rows, dc from its first row on; from
     * {@link CellOperation#weightGradients}.
     *
     * @param rowA   first row of a
     * @param count  rows of all steps
     * @param member which thread, from 0
     * @param size   how many there are
     */
    public void addGradient(int rowA, int count, int member, int size) {
        int first = Partition.first(strips, member, size);
        int end = Partition.first(strips, member + 1, size);
        if (gradient != null && first < end) {
            gradient.strips(rowA, count, first, end, member);
        }
    }
}
