package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.gemm.WeightLayout;
import java.lang.foreign.MemorySegment;

/** Dot products of queries and keys, all of a head in one product. */
final class DotScores implements Scores {

    private final AttentionSizes largest;
    private final HeadMemory memory;
    private final RowsView zeros;
    private final RowsView scratch;
    private final int member;
    private final ScoreWeights weights;
    private final SampleRows keyRows;
    private final float root;
    private int time;
    private Strips packed;
    private TransposedWeight turned;
    private Product toScores;
    private Product toQuery;
    private WeightGradient toKeys;
    private float factor = 1f;

    /** @param scratch of gradients of weights, a row for each thread; null without a way back */
    DotScores(AttentionSizes largest, HeadMemory memory, RowsView zeros, RowsView scratch, int member,
            ScoreWeights weights, SampleRows keyRows) {
        this.largest = largest;
        this.memory = memory;
        this.zeros = zeros;
        this.scratch = scratch;
        this.member = member;
        this.weights = weights;
        this.keyRows = keyRows;
        this.root = weights.form().projected() ? (float) (1 / Math.sqrt(largest.width())) : 1f;
    }

    @Override
    public void resize(int newTime, int keys) {
        time = newTime;
        if (packed != null && packed.depth() == keys) {
            return;
        }
        MemorySegment w = memory.segment();
        WeightLayout layout = WeightLayout.plain(keys, largest.width());
        packed = layout.strips();
        turned = TransposedWeight.of(layout, w, memory.keys, w, memory.turnedKeys);
        toScores = turned.product(memory.query, memory.scores, zeros);
        if (scratch != null) {
            toQuery = new Product(memory.dScores, w, memory.keys, packed, memory.dQuery, zeros);
            toKeys = new WeightGradient(memory.dScores, memory.query, packed, w, memory.dKeys, scratch);
        }
    }

    @Override
    public void begin() {
        factor = weights.form().projected() ? root : weights.scale(0);
    }

    @Override
    public float factor() {
        return factor;
    }

    @Override
    public void readKeys(int sample, int column, SeenKeys seen) {
        keyRows.pack(sample, column, largest.width(), packed, memory.segment(), memory.keys);
        Unread.clear(packed, memory.segment(), memory.keys, seen);
        turned.share(0, 1);
    }

    @Override
    public void forward() {
        toScores.rows(0, 0, 0, time);
    }

    @Override
    public void clearKeyGradients() {
        Unread.clearAll(packed, memory.segment(), memory.dKeys);
    }

    @Override
    public void backward(SampleRows query, int sample, int column) {
        toQuery.rows(0, 0, 0, time);
        toKeys.strips(0, time, 0, packed.count(), member);
        if (weights.form().scaled()) {
            addScale(query, sample, column);
        }
    }

    /** The gradient of the scale is the sum of query times its gradient before it is scaled. */
    private void addScale(SampleRows query, int sample, int column) {
        float sum = 0;
        for (int step = 0; step < time; step++) {
            long q = query.at(step, sample, column);
            long d = memory.dQuery.at(step);
            for (int i = 0; i < largest.width(); i++) {
                long at = (long) i * Float.BYTES;
                sum += query.rows().segment().get(JAVA_FLOAT, q + at) * memory.segment().get(JAVA_FLOAT, d + at);
            }
        }
        weights.add(sample, 0, sum);
    }

    @Override
    public void giveKeys(SampleRows to, int sample, int column, boolean add) {
        for (int key = 0; key < packed.depth(); key++) {
            to.putPacked(sample, column, largest.width(), key, packed, memory.segment(), memory.dKeys, add);
        }
    }
}
