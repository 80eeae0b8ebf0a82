package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.function.ActivationFormula;
import dev.gatun.engine.function.RowActivation;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.layers.plan.RowCopy;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/** Heads of one thread, forward: scores, their softmax over the keys that a query sees, and the mean of the values by it. */
final class HeadForward {

    private static final ActivationFormula SOFTMAX = ActivationFormula.of("softmax");

    private final AttentionForm form;
    private final AttentionSizes largest;
    private final HeadMemory memory;
    private final MemorySegment w;
    private final AttentionRows rows;
    private final Scores scores;
    private final SeenKeys seen;
    private final ScoreDrops drops;
    private final RowsView zeros;
    private int time;
    private int keys;
    private Strips packed;
    private Product toOutput;

    HeadForward(AttentionForm form, AttentionSizes largest, HeadMemory memory, AttentionRows rows, Scores scores,
            SeenKeys seen, ScoreDrops drops, RowsView zeros) {
        this.form = form;
        this.largest = largest;
        this.memory = memory;
        this.w = memory.segment();
        this.rows = rows;
        this.scores = scores;
        this.seen = seen;
        this.drops = drops;
        this.zeros = zeros;
    }

    void resize(int newTime, int newKeys) {
        time = newTime;
        keys = newKeys;
        if (packed == null || packed.depth() != keys) {
            packed = new Strips(keys, Strips.padded(largest.valueWidth()));
            toOutput = new Product(memory.scores, w, memory.values, packed, memory.output, zeros);
        }
    }

    void sample(RunContext run, int sample) {
        seen.begin(sample, time, keys);
        for (int group = 0; group < form.valueHeads(); group++) {
            scores.readKeys(sample, group * largest.width(), seen);
            rows.value().pack(sample, group * largest.valueWidth(), largest.valueWidth(), packed, w, memory.values);
            Unread.clear(packed, w, memory.values, seen);
            for (int head = group * form.shared(); head < (group + 1) * form.shared(); head++) {
                head(run, sample, head);
            }
        }
    }

    private void head(RunContext run, int sample, int head) {
        rows.query().gather(sample, head * largest.width(), largest.width(), time, memory.query, scores.factor());
        scores.forward();
        for (int step = 0; step < time; step++) {
            share(run, sample, head, step);
        }
        toOutput.rows(0, 0, 0, time);
        for (int step = 0; step < time; step++) {
            if (!form.projected() && !seen.queryCounts(step)) {
                RowCopy.clearRow(memory.output, step, largest.valueWidth());
            }
            rows.output().put(sample, head * largest.valueWidth(), largest.valueWidth(), step, memory.output, false);
        }
    }

    /** The scores of a query become the shares of the values. */
    private void share(RunContext run, int sample, int head, int step) {
        long at = memory.scores.at(step);
        if (seen.seesAny(step)) {
            int end = seen.end(step);
            seen.hide(w, at, step);
            RowActivation.forward(SOFTMAX, w, at, w, at, end);
            fill(at, end, 0f);
        } else {
            fill(at, 0, form.blindSeeAll() ? 1f / keys : 0f);
        }
        long row = rows.sharesRow(head, step, sample);
        if (rows.kept() != null) {
            RowCopy.copyRow(memory.scores, step, rows.kept(), row, keys);
        }
        if (rows.shown() != null && form.projected()) {
            RowCopy.copyRow(memory.scores, step, rows.shown(), row, keys);
        }
        if (drops.any()) {
            drops.drop(run, ((long) sample * form.queryHeads() + head) * time + step, keys, w, at, at);
        }
        if (rows.shown() != null && !form.projected()) {
            RowCopy.copyRow(memory.scores, step, rows.shown(), row, keys);
        }
    }

    private void fill(long at, int first, float number) {
        for (int key = first; key < keys; key++) {
            w.set(JAVA_FLOAT, at + (long) key * Float.BYTES, number);
        }
    }
}
