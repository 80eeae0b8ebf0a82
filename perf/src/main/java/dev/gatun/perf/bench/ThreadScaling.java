package dev.gatun.perf.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.perf.workload.Stack;
import dev.gatun.perf.paired.Measured;
import dev.gatun.perf.paired.OurForward;
import dev.gatun.perf.paired.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** How inference with 2 LSTM layers grows with one size at a time, in a process for each number of threads. */
public final class ThreadScaling {

    private static final int INPUTS = 64;

    private ThreadScaling() {}

    /** What grows. */
    public enum Axis {
        /** Rows of a call. */
        BATCH("T 20, in 64, 2 x LSTM 128", 1, 256,
                size -> new Stack(size, 20, INPUTS, List.of(128, 128), Stack.End.LAST)),
        /** Units of each layer. */
        UNITS("batch 32, T 10, in 64, 2 layers", 16, 1024,
                size -> new Stack(32, 10, INPUTS, List.of(size, size), Stack.End.LAST)),
        /** Steps of a call. */
        TIME("batch 1, in 64, 2 x LSTM 128", 1, 1000,
                size -> new Stack(1, size, INPUTS, List.of(128, 128), Stack.End.LAST));

        private final String rest;
        private final int first;
        private final int last;
        private final IntFunction<Stack> stack;

        Axis(String rest, int first, int last, IntFunction<Stack> stack) {
            this.rest = rest;
            this.first = first;
            this.last = last;
            this.stack = stack;
        }

        Stack stack(int size) {
            return stack.apply(size);
        }

        /** The sizes that do not grow. */
        String rest() {
            return rest;
        }

        List<Integer> sizes() {
            List<Integer> sizes = new ArrayList<>();
            for (int size = first; size < last; size *= 2) {
                sizes.add(size);
            }
            sizes.add(last);
            return sizes;
        }
    }

    /** One call at one size. */
    public record Point(Axis axis, int size, int threads, double nanos) {

        double flops() {
            return axis.stack(size).forwardFlops() / nanos * 1e9;
        }
    }

    /** The points of one process. */
    record Points(List<Point> points) {}

    /** Threads, the numbers of {@link Pace}, the file to write. */
    public static void main(String[] words) throws Exception {
        int threads = Integer.parseInt(words[0]);
        Pace pace = new Pace(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]), 0);
        List<Point> points = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            // Before the first size is measured the kernels are compiled, by calls of all sizes.
            axis.sizes().forEach(size -> measure(axis.stack(size), threads, pace));
            axis.sizes().forEach(
                    size -> points.add(new Point(axis, size, threads, measure(axis.stack(size), threads, pace))));
        }
        Files.write(Path.of(words[4]), new ObjectMapper().writeValueAsBytes(new Points(points)));
        System.exit(0);
    }

    private static double measure(Stack stack, int threads, Pace pace) {
        float[] x = new float[Math.toIntExact(stack.shape().elements())];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 13 * 0.125f - 0.75f;
        }
        try (OurForward forward = new OurForward(stack, threads, x)) {
            run(forward, pace.warmUpMillis());
            double[] nanos = new double[pace.rounds()];
            for (int round = 0; round < nanos.length; round++) {
                nanos[round] = run(forward, pace.blockMillis());
            }
            return Measured.median(nanos);
        }
    }

    private static double run(OurForward forward, long millis) {
        long begin = System.nanoTime();
        long now = begin;
        int calls = 0;
        for (; calls == 0 || now - begin < millis * 1_000_000; now = System.nanoTime()) {
            forward.run();
            calls++;
        }
        return (double) (now - begin) / calls;
    }
}
