package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.cell.CellMemory;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.cell.CellProduct;
import dev.gatun.layers.cell.CellStep;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import java.util.ArrayList;
import java.util.List;

/** A step of {@link LinearCell}, forward and back. */
final class LinearOperation implements CellOperation {

    private final LinearCell cell;
    private final List<CellProduct> kernels = new ArrayList<>();
    private final List<CellProduct> recurrents = new ArrayList<>();
    private CellMemory memory;

    LinearOperation(PlanContext context, LinearCell cell, int inputs) {
        this.cell = cell;
        for (int state = 0; state < cell.stateSizes().size(); state++) {
            int size = cell.stateSizes().get(state);
            kernels.add(new CellProduct(context, 2 * state, WeightLayout.plain(inputs, size)));
            recurrents.add(new CellProduct(context, 2 * state + 1,
                    WeightLayout.plain(cell.stateSizes().getFirst(), size)));
        }
    }

    @Override
    public void bind(CellMemory rows) {
        memory = rows;
        for (int state = 0; state < kernels.size(); state++) {
            RowsView made = rows.states().get(state);
            kernels.get(state).forward(rows.plan(), rows.x(), made, rows.plan().zeros());
            recurrents.get(state).forward(rows.plan(), rows.states().getFirst(), made, made);
            if (rows.gradients() != null) {
                RowsView given = rows.kept().get(state);
                kernels.get(state).backward(rows.plan(), given, rows.gradients().x(), state > 0);
                recurrents.get(state).backward(rows.plan(), given, rows.gradients().states().getFirst(), state > 0);
            }
        }
    }

    @Override
    public void forward(CellStep step) {
        for (int state = 0; state < kernels.size(); state++) {
            kernels.get(state).make(step.x(), step.after(), step.count());
            recurrents.get(state).make(step.before(), step.after(), step.count());
        }
        for (int row = 0; row < step.count(); row++) {
            for (int state = 0; state < kernels.size(); state++) {
                for (int u = 0; u < cell.stateSizes().get(state); u++) {
                    float value = get(memory.states().get(state), step.after() + row, u);
                    boolean first = !cell.adds() || state == 0;
                    set(memory.output(), step.output() + row, place(state) + u,
                            first ? value : get(memory.output(), step.output() + row, u) + value);
                }
            }
        }
    }

    /** Where a state begins in what a step returns. */
    private int place(int state) {
        return cell.adds() ? 0 : cell.stateSizes().subList(0, state).stream().mapToInt(size -> size).sum();
    }

    @Override
    public void beginBackward(int member, int size) {
        kernels.forEach(product -> product.transpose(member, size));
        recurrents.forEach(product -> product.transpose(member, size));
    }

    @Override
    public void backward(CellStep step) {
        CellMemory.Gradients gradients = memory.gradients();
        for (int state = 0; state < kernels.size(); state++) {
            RowsView after = gradients.states().get(state);
            for (int row = 0; row < step.count(); row++) {
                for (int u = 0; u < cell.stateSizes().get(state); u++) {
                    set(memory.kept().get(state), step.kept() + row, u,
                            get(after, step.gradientAfter() + row, u)
                                    + get(gradients.output(), step.gradientOutput() + row, place(state) + u));
                }
            }
            // Nobody reads the other states.
            RowCopy.clearRows(after, step.gradientBefore(), step.count(), cell.stateSizes().get(state));
        }
        for (int state = 0; state < kernels.size(); state++) {
            kernels.get(state).giveBack(step.kept(), step.x(), step.count());
            recurrents.get(state).giveBack(step.kept(), step.gradientBefore(), step.count());
        }
    }

    @Override
    public void weightGradients(CellStep all, int member, int size) {
        kernels.forEach(product -> product.addGradient(all.x(), all.count(), member, size));
        recurrents.forEach(product -> product.addGradient(all.before(), all.count(), member, size));
    }

    private static float get(RowsView rows, int row, int column) {
        return rows.segment().get(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES);
    }

    private static void set(RowsView rows, int row, int column, float value) {
        rows.segment().set(JAVA_FLOAT, rows.at(row) + (long) column * Float.BYTES, value);
    }
}
