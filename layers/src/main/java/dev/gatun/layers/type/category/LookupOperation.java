package dev.gatun.layers.type.category;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.util.List;

/** Whole numbers to whole numbers. */
final class LookupOperation implements Operation {

    private final String owner;
    private final TokenCodes codes;
    private final Value input;
    private final Value output;
    private RowsView x;
    private RowsView y;
    private final Value mask;
    private RowsView steps;

    LookupOperation(String owner, TokenCodes codes, PlanContext context) {
        this.owner = owner;
        this.codes = codes;
        this.input = context.arguments().input();
        this.output = context.wholeOutput(input.shape());
        this.mask = context.mask();
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        x = input.rows(memory.workspace());
        y = output.rows(memory.workspace());
        steps = mask == null ? null : mask.rows(memory.workspace());
    }

    private boolean counts(int row) {
        return MaskRows.counts(steps, row);
    }

    /** What stands under a mask is no token; 0 takes its place. */
    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            if (!counts(row)) {
                y.segment().set(JAVA_INT, y.at(row), 0);
                continue;
            }
            int token = x.segment().get(JAVA_INT, x.at(row));
            int code = codes.code(token);
            if (code == TokenCodes.UNKNOWN) {
                throw UnknownToken.of(owner, token, row, input.batch());
            }
            y.segment().set(JAVA_INT, y.at(row), code);
        }
    }

    @Override
    public void backward(RunContext run) {
        // nothing reaches whole numbers
    }
}
