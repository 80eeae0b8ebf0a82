package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.TensorArena;

/** Measures a network, as it serves, on a range of samples, a batch at a time. */
final class Evaluation {

    private final SampleRange range;
    private final Batch full;
    private final Batch last;
    private final WeightPenalties penalties;

    /** Memory is the arena's. */
    Evaluation(Network network, Objective objective, SampleRange range, int batchSize, TensorArena arena) {
        this.range = range;
        CheckedSamples samples = range.samples();
        int count = range.count();
        int size = Math.min(batchSize, count);
        int left = count % size;
        this.penalties = new WeightPenalties(network, null, arena);
        this.full = new Batch(network, objective, samples.shapes(size), ExecutionMode.INFERENCE, arena);
        this.last = left == 0
                ? null
                : new Batch(network, objective, samples.shapes(left), ExecutionMode.INFERENCE, arena);
    }

    /** @return false if the thread was interrupted and the losses are not complete */
    boolean run(LossAccumulator losses) {
        full.refresh();
        if (last != null) {
            last.refresh();
        }
        losses.reset();
        double penalty = penalties.value();
        int count = range.count();
        for (int done = 0; done < count; done += full.size()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            Batch batch = count - done >= full.size() ? full : last;
            batch.load(range.samples(), null, range.first() + done);
            batch.forward(0, 0);
            batch.measure(losses);
            losses.addPenalty(penalty + batch.activityPenalty(), batch.size());
        }
        return true;
    }
}
