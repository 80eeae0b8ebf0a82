package dev.gatun.perf.paired;

import java.util.function.LongConsumer;

/** One engine ready to do one task, everything made before that can be. */
public interface Contender extends AutoCloseable {

    /** The task once: one product, one call, one time step, or one training step. */
    void run();

    /**
     * For comparison. Of a product or a call: the numbers the last {@link #run} made, row-major, batch first. Of training:
     * the loss at the present weights and then the gradients of all weights in Keras's order and layout; makes no step. Of
     * {@link Kind#PREDICT}: the loss at what the last {@link #run} predicted.
     */
    float[] result();

    /** Nanoseconds of so many runs, one after the other. */
    default long time(int runs) {
        long begin = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            run();
        }
        return System.nanoTime() - begin;
    }

    /** The same, and every single time is told. */
    default long time(int runs, LongConsumer each) {
        long begin = System.nanoTime();
        long before = begin;
        for (int i = 0; i < runs; i++) {
            run();
            long now = System.nanoTime();
            each.accept(now - before);
            // Telling is no part of the next run.
            before = System.nanoTime();
        }
        return before - begin;
    }

    @Override
    void close();
}
