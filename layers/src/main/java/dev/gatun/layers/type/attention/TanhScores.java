package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.block.BlockReductions;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowCopy;
import java.lang.foreign.MemorySegment;

/**
 * Weighed sums of tanh of query and key: for each query a row of sums for every key, and one product of them with the weights. On
 * the way back they are made anew.
 */
final class TanhScores implements Scores {

    private final AttentionSizes largest;
    private final HeadMemory memory;
    private final MemorySegment w;
    private final ScoreWeights weights;
    private final SampleRows keyRows;
    private final Strips weighing;
    private final Product toTotal;
    private final int padded;
    private final boolean perFeature;
    private int time;
    private int keys;
    private float scale = 1f;

    TanhScores(AttentionSizes largest, HeadMemory memory, RowsView zeros, ScoreWeights weights, SampleRows keyRows) {
        this.largest = largest;
        this.memory = memory;
        this.w = memory.segment();
        this.weights = weights;
        this.keyRows = keyRows;
        this.padded = Strips.padded(largest.width());
        this.perFeature = weights.form().fit() == AttentionForm.Fit.ADDITIVE;
        this.weighing = new Strips(largest.width(), Strips.WIDTH);
        this.toTotal = new Product(memory.sums, w, memory.weights, weighing, memory.total, zeros);
    }

    @Override
    public void resize(int newTime, int newKeys) {
        time = newTime;
        keys = newKeys;
    }

    @Override
    public void begin() {
        scale = perFeature ? 1f : weights.scale(0);
        Unread.clearAll(weighing, w, memory.weights);
        for (int feature = 0; feature < largest.width(); feature++) {
            w.set(JAVA_FLOAT, weightAt(feature), perFeature ? weights.scale(feature) : weights.concat());
        }
    }

    private long weightAt(int feature) {
        return memory.weights + feature * Strips.ROW_BYTES;
    }

    @Override
    public float factor() {
        return 1f;
    }

    @Override
    public void readKeys(int sample, int column, SeenKeys seen) {
        keyRows.gather(sample, column, largest.width(), keys, memory.keyRows, 1f);
        for (int key = 0; key < keys; key++) {
            if (!seen.isRead(key)) {
                RowCopy.clearRow(memory.keyRows, key, largest.width());
            }
        }
    }

    /** The row of {@link HeadMemory#sums} of each key, with the query of a step. */
    private void add(int step) {
        for (int key = 0; key < keys; key++) {
            long row = memory.sums.at(key);
            RowCopy.copyRow(memory.keyRows, key, memory.sums, key, padded);
            BlockArithmetic.add(w, memory.query.at(step), w, row, padded);
            if (scale != 1) {
                BlockReductions.scale(w, row, (long) padded * Float.BYTES, scale);
            }
            RowActivation.forward(ActivationFormula.TANH, w, row, w, row, largest.width());
        }
    }

    @Override
    public void forward() {
        for (int step = 0; step < time; step++) {
            add(step);
            toTotal.rows(0, 0, 0, keys);
            for (int key = 0; key < keys; key++) {
                w.set(JAVA_FLOAT, memory.scores.at(step) + (long) key * Float.BYTES,
                        w.get(JAVA_FLOAT, memory.total.at(key)));
            }
        }
    }

    @Override
    public void clearKeyGradients() {
        RowCopy.clear(memory.dKeyRows, keys, largest.width());
    }

    @Override
    public void backward(SampleRows query, int sample, int column) {
        for (int step = 0; step < time; step++) {
            RowCopy.clearRow(memory.dQuery, step, largest.width());
            add(step);
            for (int key = 0; key < keys; key++) {
                float gradient = w.get(JAVA_FLOAT, memory.dScores.at(step) + (long) key * Float.BYTES);
                // Of keys that are not seen.
                if (gradient != 0) {
                    backward(step, key, gradient, sample);
                }
            }
        }
    }

    private void backward(int step, int key, float gradient, int sample) {
        long tanh = memory.sums.at(key);
        long q = memory.query.at(step);
        long k = memory.keyRows.at(key);
        float ofScale = 0;
        float ofSum = 0;
        for (int feature = 0; feature < largest.width(); feature++) {
            long at = (long) feature * Float.BYTES;
            float y = w.get(JAVA_FLOAT, tanh + at);
            float inner = gradient * w.get(JAVA_FLOAT, weightAt(feature)) * (1 - y * y);
            if (perFeature) {
                weights.add(sample, feature, gradient * y);
            } else {
                ofSum += gradient * y;
                ofScale += inner * (w.get(JAVA_FLOAT, q + at) + w.get(JAVA_FLOAT, k + at));
            }
            plus(memory.dQuery.at(step) + at, inner * scale);
            plus(memory.dKeyRows.at(key) + at, inner * scale);
        }
        if (!perFeature) {
            weights.add(sample, 0, ofScale);
            weights.add(sample, 1, ofSum);
        }
    }

    private void plus(long at, float number) {
        w.set(JAVA_FLOAT, at, w.get(JAVA_FLOAT, at) + number);
    }

    @Override
    public void giveKeys(SampleRows to, int sample, int column, boolean add) {
        for (int key = 0; key < keys; key++) {
            to.put(sample, column, largest.width(), key, memory.dKeyRows, add);
        }
    }
}
