package dev.gatun.layers.type.embedding;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.operation.MaskRows;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RowSet;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Rows of a table. On the way back the gradients of all rows of one id are added in the order of the rows, by the calling thread,
 * so that their sum does not depend on how many there are.
 */
final class EmbeddingOperation implements Operation {

    private final PlanContext context;
    private final BuiltEmbedding layer;
    private final Strips strips;
    private final Value input;
    private final Value given;
    private final Value output;
    private final Value mask;
    private MemorySegment table;
    private MemorySegment gradients;
    /** Those with a gradient; null if steps look at all of them. */
    private RowSet reached;
    private RowsView ids;
    private RowsView givenRows;
    private RowsView y;
    private RowsView steps;
    private RowsView dy;

    EmbeddingOperation(BuiltEmbedding layer, PlanContext context) {
        this.context = context;
        this.layer = layer;
        this.strips = layer.table().strips();
        this.input = context.arguments().input();
        this.given = context.mask();
        this.output = context.output("", layer.outputShapes(context.arguments().map(Value::shape)).getFirst());
        this.mask = layer.layer().masksZero() ? context.maskOutput(input.shape()) : null;
    }

    @Override
    public List<Value> outputs() {
        return mask == null ? List.of(output) : List.of(output, mask);
    }

    @Override
    public void bind(Memory memory) {
        MemorySegment w = memory.workspace();
        table = memory.parameters();
        ids = input.rows(w);
        givenRows = given == null ? null : given.rows(w);
        y = output.rows(w);
        steps = mask == null ? null : mask.rows(w);
        gradients = context.gradients(memory);
        reached = gradients == null ? null : context.weights().rows(0);
        dy = gradients != null && output.hasGradient() ? output.gradient(w) : null;
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < output.rows(); row++) {
            boolean counts = counts(row);
            if (steps != null) {
                steps.segment().set(JAVA_INT, steps.at(row), counts && id(row) != 0 ? 1 : 0);
            }
            if (!counts) {
                RowCopy.clearRow(y, row, output.columns());
                continue;
            }
            int id = id(row);
            if (id < 0 || id >= layer.ids()) {
                throw unknown(id, row);
            }
            for (int strip = 0; strip < strips.count(); strip++) {
                MemorySegment.copy(table, at(id, strip), y.segment(), y.at(row) + strip * Strips.ROW_BYTES,
                        Strips.ROW_BYTES);
            }
        }
    }

    private boolean counts(int row) {
        return MaskRows.counts(givenRows, row);
    }

    private int id(int row) {
        return ids.segment().get(JAVA_INT, ids.at(row));
    }

    /** Where 16 columns of an id's vector lie, in the parameters and in their gradients. */
    private long at(int id, int strip) {
        return context.weights().at(0) + strips.at(strip) + id * Strips.ROW_BYTES;
    }

    /** Whoever gives ids from outside is told before they come here, with the number of the sample. */
    private IllegalArgumentException unknown(int id, int row) {
        return new IllegalArgumentException("Embedding '" + layer.name() + "': id " + id + " of sample "
                + row % output.batch() + " of the batch, step " + row / output.batch()
                + " (counted from 0), is not one of "
                + "its " + layer.ids() + " ids, 0 to " + (layer.ids() - 1)
                + "; give such ids, or make the Embedding larger");
    }

    @Override
    public void backward(RunContext run) {
        for (int row = 0; dy != null && row < output.rows(); row++) {
            if (counts(row)) {
                add(row, id(row));
            }
        }
    }

    private void add(int row, int id) {
        if (reached != null) {
            reached.add(id);
        }
        for (int strip = 0; strip < strips.count(); strip++) {
            BlockArithmetic.add(dy.segment(), dy.at(row) + strip * Strips.ROW_BYTES, gradients, at(id, strip),
                    Strips.WIDTH);
        }
    }
}
