package dev.gatun.layers.type.attention;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.random.Philox;
import dev.gatun.layers.plan.RunContext;
import java.lang.foreign.MemorySegment;

/**
 * Shares that fall in a training, made anew from their counter in both directions; positions count samples, heads, queries, keys.
 *
 * @param rate   share that falls; 0 where none does
 * @param stream of the call's random numbers
 */
record ScoreDrops(float rate, long stream) {

    boolean any() {
        return rate > 0;
    }

    /** {@code to[keys] = from[keys]} where a share stays, over the part that stays, and 0 where it falls. */
    void drop(RunContext run, long row, int keys, MemorySegment w, long from, long to) {
        long numbers = run.step() << 20 | stream;
        float scale = 1f / (1f - rate);
        for (int key = 0; key < keys; key++) {
            long at = (long) key * Float.BYTES;
            boolean falls = Philox.uniform(run.seed(), numbers, row * keys + key) < rate;
            w.set(JAVA_FLOAT, to + at, falls ? 0f : w.get(JAVA_FLOAT, from + at) * scale);
        }
    }
}
