package dev.gatun.tests.own;

import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.cell.BuiltCell;
import dev.gatun.layers.cell.CellOperation;
import dev.gatun.layers.cell.CellType;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** What is known of {@link LinearCell}. */
public final class LinearType extends CellType<LinearCell> {

    public LinearType() {
        super(new LinearCell(Configuration.of(LinearCell.OPTIONS)));
    }

    @Override
    public BuiltCell cell(LinearCell cell, String name, int inputs) {
        return new Built(cell, inputs);
    }

    private record Built(LinearCell cell, int inputs) implements BuiltCell {

        @Override
        public List<WeightSpec> weights() {
            List<WeightSpec> specs = new ArrayList<>();
            for (int state = 0; state < cell.stateSizes().size(); state++) {
                specs.add(matrix("kernel_" + state, inputs, cell.stateSizes().get(state)));
                specs.add(matrix("recurrent_kernel_" + state, cell.stateSizes().getFirst(),
                        cell.stateSizes().get(state)));
            }
            return specs;
        }

        private static WeightSpec matrix(String name, int rows, int columns) {
            return new WeightSpec(name, Shape.of(rows, columns), WeightLayout.plain(rows, columns), Initializer.ONES);
        }

        /** The gradient of each state, for those of the weights. */
        @Override
        public List<Integer> keeps(boolean goesBack) {
            return goesBack ? cell.stateSizes() : List.of();
        }

        @Override
        public CellOperation operation(PlanContext context) {
            return new LinearOperation(context, cell, inputs);
        }
    }
}
