package dev.gatun.layers.type.attention;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/** The threads of an attention, each with memory of its own. */
final class AttentionTeam {

    /**
     * What all threads have in common.
     *
     * @param form    of the attention
     * @param largest sizes
     * @param rows    what is read and written
     * @param masks   which keys are seen
     * @param weights of the scores
     * @param drops   which shares fall
     * @param zeros   a row of zeros
     * @param scratch of gradients of weights, a row for each thread; null without a way back
     */
    record Shared(
            AttentionForm form, AttentionSizes largest, AttentionRows rows, SeenKeys.Masks masks, ScoreWeights weights,
            ScoreDrops drops, RowsView zeros, RowsView scratch) {}

    private final Shared shared;
    private final Team team;
    private final Scores[] scores;
    private final HeadForward[] heads;
    private final HeadBackward[] backHeads;
    private final Team.Job forward = this::forward;
    private final Team.Job backward = this::backward;
    private RunContext run;
    private int batch;

    /** @param back whether the memory of each thread has places for a way back, if there is one or not */
    AttentionTeam(Shared shared, Team team, MemorySegment w, long base, boolean back) {
        this.shared = shared;
        this.team = team;
        this.scores = new Scores[team.size()];
        this.heads = new HeadForward[team.size()];
        this.backHeads = new HeadBackward[team.size()];
        boolean sums = shared.form().fit() != AttentionForm.Fit.DOT;
        long each = HeadMemory.bytes(shared.largest(), sums, back);
        for (int member = 0; member < team.size(); member++) {
            HeadMemory memory = new HeadMemory(w, base + member * each, shared.largest(), sums, back);
            SeenKeys seen = new SeenKeys(shared.form(), shared.masks(), shared.largest());
            scores[member] = scores(memory, member, sums);
            heads[member] = new HeadForward(shared.form(), shared.largest(), memory, shared.rows(), scores[member],
                    seen, shared.drops(), shared.zeros());
            backHeads[member] = shared.rows().back() == null
                    ? null
                    : new HeadBackward(shared.form(), shared.largest(), memory, shared.rows(), scores[member], seen,
                            shared.drops(), shared.weights(), shared.zeros(), shared.scratch(), member);
        }
    }

    private Scores scores(HeadMemory memory, int member, boolean sums) {
        return sums
                ? new TanhScores(shared.largest(), memory, shared.zeros(), shared.weights(), shared.rows().key())
                : new DotScores(shared.largest(), memory, shared.zeros(), shared.scratch(), member, shared.weights(),
                        shared.rows().key());
    }

    void resize(int newBatch, int time, int keys) {
        batch = newBatch;
        for (int member = 0; member < heads.length; member++) {
            scores[member].resize(time, keys);
            heads[member].resize(time, keys);
            if (backHeads[member] != null) {
                backHeads[member].resize(time, keys);
            }
        }
    }

    void forward(RunContext now) {
        run = now;
        team.run(forward);
    }

    void backward(RunContext now) {
        if (shared.rows().back() != null) {
            run = now;
            team.run(backward);
            shared.weights().sum(batch);
        }
    }

    private void forward(int member, int size) {
        scores[member].begin();
        for (int sample = Partition.first(batch, member, size); sample < Partition.first(batch, member + 1,
                size); sample++) {
            heads[member].sample(run, sample);
        }
    }

    private void backward(int member, int size) {
        scores[member].begin();
        for (int sample = Partition.first(batch, member, size); sample < Partition.first(batch, member + 1,
                size); sample++) {
            backHeads[member].sample(run, sample);
        }
    }
}
