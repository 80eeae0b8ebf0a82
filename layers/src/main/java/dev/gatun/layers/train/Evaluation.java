package dev.gatun.layers.train;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.plan.Purpose;
import dev.gatun.memory.TensorArena;

/** Measures a model, as it serves, on a range of samples, a batch at a time. */
final class Evaluation {

    private final CheckedSamples samples;
    private final int first;
    private final int count;
    private final Batch full;
    private final Batch last;

    /** Samples {@code first .. first + count - 1}; memory is the arena's. */
    Evaluation(
            Model model, Objective objective, CheckedSamples samples, int first, int count, int batchSize,
            TensorArena arena) {
        this.samples = samples;
        this.first = first;
        this.count = count;
        int size = Math.min(batchSize, count);
        int left = count % size;
        this.full = new Batch(model, objective, samples.inputShapes(size), Purpose.INFERENCE, arena);
        this.last = left == 0
                ? null
                : new Batch(model, objective, samples.inputShapes(left), Purpose.INFERENCE, arena);
    }

    /** @return false if the thread was interrupted and the tally is not complete */
    boolean run(Tally tally) {
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
