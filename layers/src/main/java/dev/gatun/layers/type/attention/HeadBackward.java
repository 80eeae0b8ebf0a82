package dev.gatun.layers.type.attention;

import dev.gatun.engine.block.BlockArithmetic;
import dev.gatun.engine.block.BlockReductions;
import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.gemm.WeightGradient;
import dev.gatun.engine.gemm.WeightLayout;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/** Heads of one thread, backward, from the shares that the way forward kept. */
final class HeadBackward {

    private static final ActivationFormula SOFTMAX = ActivationFormula.of("softmax");

    private final AttentionForm form;
    private final AttentionSizes largest;
    private final HeadMemory memory;
    private final MemorySegment w;
    private final AttentionRows rows;
    private final AttentionRows.Back back;
    private final Scores scores;
    private final SeenKeys seen;
    private final ScoreDrops drops;
    private final ScoreWeights weights;
    private final RowsView zeros;
    private final RowsView scratch;
    private final int member;
    private int time;
    private int keys;
    private Strips packed;
    private TransposedWeight turned;
    private Product toShares;
    private WeightGradient toValues;

    HeadBackward(AttentionForm form, AttentionSizes largest, HeadMemory memory, AttentionRows rows, Scores scores,
            SeenKeys seen, ScoreDrops drops, ScoreWeights weights, RowsView zeros, RowsView scratch, int member) {
        this.form = form;
        this.largest = largest;
        this.memory = memory;
        this.w = memory.segment();
        this.rows = rows;
        this.back = rows.back();
        this.scores = scores;
        this.seen = seen;
        this.drops = drops;
        this.weights = weights;
        this.zeros = zeros;
        this.scratch = scratch;
        this.member = member;
    }

    void resize(int newTime, int newKeys) {
        time = newTime;
        keys = newKeys;
        if (packed == null || packed.depth() != keys) {
            WeightLayout layout = WeightLayout.plain(keys, largest.valueWidth());
            packed = layout.strips();
            turned = TransposedWeight.of(layout, w, memory.values, w, memory.turnedValues);
            toShares = turned.product(memory.dOutput, memory.dScores, zeros);
            toValues = new WeightGradient(memory.left, memory.dOutput, packed, w, memory.dValues, scratch);
        }
    }

    void sample(RunContext run, int sample) {
        seen.begin(sample, time, keys);
        weights.clear(sample);
        for (int group = 0; group < form.valueHeads(); group++) {
            int column = group * largest.valueWidth();
            scores.readKeys(sample, group * largest.width(), seen);
            scores.clearKeyGradients();
            rows.value().pack(sample, column, largest.valueWidth(), packed, w, memory.values);
            Unread.clear(packed, w, memory.values, seen);
            turned.share(0, 1);
            Unread.clearAll(packed, w, memory.dValues);
            for (int head = group * form.shared(); head < (group + 1) * form.shared(); head++) {
                head(run, sample, head);
            }
            if (back.keys().rows() != null) {
                scores.giveKeys(back.keys().rows(), sample, group * largest.width(), back.keys().add());
            }
            for (int key = 0; back.values().rows() != null && key < keys; key++) {
                back.values().rows().putPacked(sample, column, largest.valueWidth(), key, packed, w, memory.dValues,
                        back.values().add());
            }
        }
    }

    private void head(RunContext run, int sample, int head) {
        int column = head * largest.width();
        rows.query().gather(sample, column, largest.width(), time, memory.query, scores.factor());
        gatherGradient(sample, head);
        toShares.rows(0, 0, 0, time);
        for (int step = 0; step < time; step++) {
            throughSoftmax(run, sample, head, step);
        }
        toValues.strips(0, time, 0, packed.count(), member);
        scores.backward(rows.query(), sample, column);
        for (int step = 0; back.queries().rows() != null && step < time; step++) {
            if (scores.factor() != 1) {
                BlockReductions.scale(w, memory.dQuery.at(step), (long) Strips.padded(largest.width()) * Float.BYTES,
                        scores.factor());
            }
            back.queries().rows().put(sample, column, largest.width(), step, memory.dQuery, back.queries().add());
        }
    }

    /** What a query gave that does not count were zeros. */
    private void gatherGradient(int sample, int head) {
        int width = largest.valueWidth();
        if (back.output() != null) {
            back.output().gather(sample, head * width, width, time, memory.dOutput, 1f);
        }
        for (int step = 0; step < time; step++) {
            if (back.output() == null || !form.projected() && !seen.queryCounts(step)) {
                RowCopy.clearRow(memory.dOutput, step, width);
            }
        }
    }

    /** From the gradients of the shares to those of the scores; the shares that are left go into {@link HeadMemory#left}. */
    private void throughSoftmax(RunContext run, int sample, int head, int step) {
        long row = rows.sharesRow(head, step, sample);
        if (isDead(step)) {
            RowCopy.clearRow(memory.query, step, largest.width());
            RowCopy.clearRow(memory.dScores, step, keys);
            RowCopy.clearRow(memory.left, step, keys);
            return;
        }
        long d = memory.dScores.at(step);
        RowCopy.copyRow(rows.kept(), row, memory.scores, step, keys);
        RowCopy.copyRow(rows.kept(), row, memory.left, step, keys);
        if (!form.projected()) {
            addShown(row, d);
        }
        if (drops.any()) {
            long counter = ((long) sample * form.queryHeads() + head) * time + step;
            drops.drop(run, counter, keys, w, memory.left.at(step), memory.left.at(step));
            drops.drop(run, counter, keys, w, d, d);
        }
        if (form.projected()) {
            addShown(row, d);
        }
        if (seen.seesAny(step)) {
            RowActivation.backward(SOFTMAX, w, d, memory.scores.at(step), d, d, keys);
        } else {
            RowCopy.clearRow(memory.dScores, step, keys);
            RowCopy.clearRow(memory.query, step, largest.width());
        }
    }

    /** A query that does not count, and whose shares nobody looks at: whatever stands in it, no number or not. */
    private boolean isDead(int step) {
        return !form.projected() && back.shown() == null && !seen.queryCounts(step);
    }

    private void addShown(long row, long to) {
        if (back.shown() != null) {
            BlockArithmetic.add(back.shown().segment(), back.shown().at(row), w, to, Strips.padded(keys));
        }
    }
}
