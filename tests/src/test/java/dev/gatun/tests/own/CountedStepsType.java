package dev.gatun.tests.own;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.RowByRowType;
import dev.gatun.layers.WeightlessLayer;
import dev.gatun.layers.operation.OneToOneOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.Shape;
import java.lang.foreign.ValueLayout;

/** What is known of {@link CountedSteps}. */
public final class CountedStepsType extends RowByRowType<CountedSteps> {

    public CountedStepsType() {
        super(new CountedSteps(Configuration.of(CountedSteps.OPTIONS)));
    }

    @Override
    public BuiltLayer build(CountedSteps layer, String name, CallArguments<Shape> shapes) {
        return new WeightlessLayer("CountedSteps", name, CountedStepsOperation::new, mode -> false);
    }

    private static final class CountedStepsOperation extends OneToOneOperation {

        private final Value mask;
        private RowsView counts;

        CountedStepsOperation(PlanContext context) {
            super(context, context.arguments().input().shape());
            mask = context.mask();
        }

        @Override
        protected void bound(Memory memory) {
            counts = mask == null ? null : mask.rows(memory.workspace());
        }

        private boolean counts(int row) {
            return counts == null
                    || counts.segment().get(ValueLayout.JAVA_INT, counts.at(input.maskRow(row))) != 0;
        }

        @Override
        public void forward(RunContext run) {
            for (int row = 0; row < output.rows(); row++) {
                if (counts(row)) {
                    RowCopy.copyRow(x, row, y, row, output.columns());
                } else {
                    RowCopy.clearRow(y, row, output.columns());
                }
            }
        }

        @Override
        protected void back(RunContext run) {
            for (int row = 0; row < output.rows(); row++) {
                if (!counts(row)) {
                    RowCopy.clearRow(dy, row, output.columns());
                }
                RowCopy.passRow(dy, row, dx, row, addToDx, output.columns());
            }
        }
    }
}
