package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.memory.TensorArena;

/** Measures a network, as it serves, on a range of samples, a batch at a time. */
final class Evaluation {

    private final CheckedSamples samples;
    private final int first;
    private final int count;
    private final Batch full;
    private final Batch last;

    /** Samples {@code first .. first + count - 1}; memory is the arena's. */
    Evaluation(
            Network network, Objective objective, CheckedSamples samples, int first, int count, int batchSize,
            TensorArena arena) {
        this.samples = samples;
        this.first = first;
        this.count = count;
        int size = Math.min(batchSize, count);
        int left = count % size;
        this.full = new Batch(network, objective, samples.inputShapes(size), ExecutionMode.INFERENCE, arena);
        this.last = left == 0
                ? null
                : new Batch(network, objective, samples.inputShapes(left), ExecutionMode.INFERENCE, arena);
    }

    /** @return false if the thread was interrupted and the tally is not complete */
    boolean run(LossAccumulator tally) {
        full.refresh();
        if (last != null) {
            last.refresh();
        }
        tally.reset();
        for (int done = 0; done < count; done += full.size()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            Batch batch = count - done >= full.size() ? full : last;
            batch.load(samples, null, first + done);
            batch.forward(0, 0);
            batch.measure(tally);
        }
        return true;
    }
}
