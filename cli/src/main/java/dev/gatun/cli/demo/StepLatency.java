package dev.gatun.cli.demo;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.serve.ModelStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * How long one step of a stream takes, measured after the JIT has settled.
 *
 * @param p50Nanos half of the steps were this fast
 * @param p99Nanos all but one of a hundred were this fast
 * @param steps    how many were measured
 */
public record StepLatency(long p50Nanos, long p99Nanos, int steps) {

    private static final int MEASURED = 20_000;

    /** @param sequence [T] first input of each step, fed over and over */
    public static StepLatency measure(Model model, float[] sequence) {
        try (ModelStream stream = model.stream(); Arena arena = Arena.ofShared()) {
            MemorySegment x = arena.allocate(ValueLayout.JAVA_FLOAT, stream.inputLength());
            MemorySegment y = arena.allocate(ValueLayout.JAVA_FLOAT, stream.outputLength());
            long[] nanos = new long[MEASURED];
            stream.warmUp();
            for (int step = 0; step < MEASURED; step++) {
                x.set(ValueLayout.JAVA_FLOAT, 0, sequence[step % sequence.length]);
                long before = System.nanoTime();
                stream.step(x, y);
                nanos[step] = System.nanoTime() - before;
            }
            Arrays.sort(nanos);
            return new StepLatency(nanos[MEASURED / 2], nanos[MEASURED * 99 / 100], MEASURED);
        }
    }
}
