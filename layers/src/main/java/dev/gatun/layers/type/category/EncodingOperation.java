package dev.gatun.layers.type.category;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.OutputMode;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.util.List;

/** Ids to vectors of zeros, ones and counts. What occurs in a sample is gone through in the order of its steps. */
final class EncodingOperation implements Operation {

    private final EncodedShape form;
    private final TokenCodes codes;
    private final Value input;
    private final Value weights;
    private final Value given;
    private final Value output;
    private RowsView ids;
    private RowsView weightRows;
    private RowsView givenRows;
    private RowsView y;

    EncodingOperation(EncodedShape form, TokenCodes codes, Shape shape, PlanContext context) {
        this.form = form;
        this.codes = codes;
        this.input = context.arguments().input();
        this.weights = context.arguments().inputs().size() > 1 ? context.arguments().inputs().get(1) : null;
        this.given = context.mask();
        this.output = context.constantOutput(shape);
    }

    @Override
    public List<Value> outputs() {
        return List.of(output);
    }

    @Override
    public void bind(Memory memory) {
        ids = input.rows(memory.workspace());
        weightRows = weights == null ? null : weights.rows(memory.workspace());
        givenRows = given == null ? null : given.rows(memory.workspace());
        y = output.rows(memory.workspace());
    }

    @Override
    public void forward(RunContext run) {
        RowCopy.clear(y, output.rows(), output.columns());
        for (int row = 0; row < input.rows(); row++) {
            if (MaskRows.counts(givenRows, row)) {
                encode(row, code(row));
            }
        }
    }

    private int code(int row) {
        int token = ids.segment().get(JAVA_INT, ids.at(row));
        int code = codes.code(token);
        if (code == TokenCodes.UNKNOWN) {
            throw UnknownToken.of(form.owner(), token, row, input.batch());
        }
        return code;
    }

    private void encode(int row, int code) {
        if (code == TokenCodes.DROPPED) {
            return;
        }
        int sample = row % input.batch();
        long at = y.at(form.mode().isOfSample() ? sample : row) + (long) code * Float.BYTES;
        float one = form.mode() == OutputMode.COUNT ? y.segment().get(JAVA_FLOAT, at) + weight(sample, row) : 1;
        y.segment().set(JAVA_FLOAT, at, one);
    }

    private float weight(int sample, int row) {
        long step = row / input.batch();
        return weightRows == null
                ? 1
                : weightRows.segment().get(JAVA_FLOAT, weightRows.at(sample) + step * Float.BYTES);
    }

    @Override
    public void backward(RunContext run) {
        // nothing reaches ids
    }
}
