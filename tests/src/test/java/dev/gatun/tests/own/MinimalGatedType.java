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
import java.util.Collections;
import java.util.List;

/** What is known of {@link MinimalGatedCell}. */
public final class MinimalGatedType extends CellType<MinimalGatedCell> {

    public MinimalGatedType() {
        super(new MinimalGatedCell(Configuration.of(MinimalGatedCell.OPTIONS)));
    }

    @Override
    public BuiltCell cell(MinimalGatedCell cell, String name, int inputs) {
        return new Built(cell, inputs);
    }

    private record Built(MinimalGatedCell cell, int inputs) implements BuiltCell {

        @Override
        public List<WeightSpec> weights() {
            return List.of(
                    matrix("forget_kernel", inputs, Initializer.GLOROT_UNIFORM),
                    matrix("forget_recurrent_kernel", cell.units(), Initializer.ORTHOGONAL),
                    bias("forget_bias"),
                    matrix("candidate_kernel", inputs, Initializer.GLOROT_UNIFORM),
                    matrix("candidate_recurrent_kernel", cell.units(), Initializer.ORTHOGONAL),
                    bias("candidate_bias"));
        }

        private WeightSpec matrix(String name, int rows, Initializer initializer) {
            return new WeightSpec(name, Shape.of(rows, cell.units()), WeightLayout.plain(rows, cell.units()),
                    initializer);
        }

        private WeightSpec bias(String name) {
            return new WeightSpec(name, Shape.of(cell.units()), WeightLayout.plain(1, cell.units()),
                    cell.biasInitializer());
        }

        /** Forget gate, candidate, and what of h it forgets; on the way back two gradients besides. */
        @Override
        public List<Integer> keeps(boolean goesBack) {
            return Collections.nCopies(goesBack ? 5 : 3, cell.units());
        }

        @Override
        public CellOperation operation(PlanContext context) {
            return new MinimalGatedOperation(context, inputs, cell.units());
        }
    }
}
