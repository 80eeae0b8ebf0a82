package dev.gatun.tests.own;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;
import dev.gatun.layers.plan.Value;
import dev.gatun.memory.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Row by row: {@code y = table[word]}, and a mask of 1 where the word is not 0. */
final class FixedVectorsOperation implements Operation {

    private final Value words;
    private final Value vectors;
    private final Value mask;
    private final Strips strips;
    private final int count;
    private final long tableBytes;
    private MemorySegment table;
    private RowsView wordRows;
    private RowsView vectorRows;
    private RowsView maskRows;

    FixedVectorsOperation(PlanContext context, FixedVectors layer, WeightLayout layout) {
        this.words = context.arguments().input();
        Shape steps = words.largest();
        this.vectors = context.output("", Shape.of(steps.dim(0), steps.dim(1), layer.features()));
        this.mask = context.maskOutput(steps);
        this.strips = layout.strips();
        this.count = layer.words();
        this.tableBytes = context.weights().buffers().getFirst().baseBytes();
    }

    @Override
    public List<Value> outputs() {
        return List.of(vectors, mask);
    }

    @Override
    public void bind(Memory memory) {
        table = memory.buffers();
        wordRows = words.rows(memory.workspace());
        vectorRows = vectors.rows(memory.workspace());
        maskRows = mask.rows(memory.workspace());
    }

    @Override
    public void forward(RunContext run) {
        for (int row = 0; row < words.rows(); row++) {
            int word = wordRows.segment().get(JAVA_INT, wordRows.at(row));
            if (word < 0 || word >= count) {
                throw new IllegalArgumentException("Word " + word + " is not in a table of " + count);
            }
            maskRows.segment().set(JAVA_INT, maskRows.at(row), word == 0 ? 0 : 1);
            for (int column = 0; column < vectors.columns(); column++) {
                vectorRows.segment().set(JAVA_FLOAT, vectorRows.at(row) + column * 4L, number(word, column));
            }
        }
    }

    private float number(int word, int column) {
        long at = tableBytes + strips.index(word, column) * Float.BYTES;
        return table.get(JAVA_FLOAT, at);
    }

    @Override
    public void backward(RunContext run) {
        // words have no gradient, and the table is not trained
    }
}
