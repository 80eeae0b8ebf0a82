package dev.gatun.perf.roof;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.cpu.Lanes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.LongToDoubleFunction;

/** Measures the roofs in a process of its own, so that the loops are compiled for nothing else. */
public final class Probe {

    private static final int WINDOWS = 5;
    private static final int TURNS = 20_000;
    private static final long WARM_UP_NANOS = 500_000_000L;
    private static final long WINDOW_NANOS = 200_000_000L;
    /** Reads of a small set are repeated until so much is read, or the clock would be what is measured. */
    private static final long LEAST_BYTES = 4L << 20;

    /** Takes the numbers that nobody asks for. */
    private static volatile float sink;

    private Probe() {}

    /**
     * What the probed JVM said.
     *
     * @param kernels in words
     * @param bits    width of its vectors
     * @param roofs   one for each number of threads
     */
    public record Findings(String kernels, int bits, List<Roof> roofs) {

        /** The same JVM probed again: the better figure of the two everywhere. */
        public Findings better(Findings other) {
            List<Roof> best = new ArrayList<>();
            for (int i = 0; i < roofs.size(); i++) {
                best.add(roofs.get(i).better(other.roofs.get(i)));
            }
            return new Findings(kernels, bits, best);
        }
    }

    /** Numbers of threads, then the file to write. */
    public static void main(String[] words) throws Exception {
        Caches caches = Caches.HERE;
        int[] threads = Arrays.stream(words, 0, words.length - 1).mapToInt(Integer::parseInt).toArray();
        // All arithmetic first: compiled anew beside the reading loops, it was seen at two thirds of its speed.
        double[] flops = new double[threads.length];
        for (int i = 0; i < threads.length; i++) {
            flops[i] = best(threads[i], 64, bytes -> fma());
        }
        List<Roof> roofs = new ArrayList<>();
        for (int i = 0; i < threads.length; i++) {
            roofs.add(new Roof(
                    threads[i], flops[i], read(threads[i], caches.l1() / 2), read(threads[i], caches.l2() / 2),
                    read(threads[i], beyondL2(caches))));
        }
        Files.write(Path.of(words[words.length - 1]),
                new ObjectMapper()
                        .writeValueAsBytes(new Findings(KernelChoice.describe(), Lanes.LANES * Float.SIZE, roofs)));
    }

    /** More than the L2 keeps, less than the L3 of a small machine. */
    private static long beyondL2(Caches caches) {
        return Math.min(Math.max(4 * caches.l2(), 8L << 20), caches.l3() / 2);
    }

    private static double fma() {
        sink = FmaChains.run(TURNS, 0.999f, 0.001f);
        return FmaChains.flops(TURNS);
    }

    private static double read(int threads, long bytes) throws Exception {
        return best(threads, bytes / ReadLoop.GRAIN * ReadLoop.GRAIN, null);
    }

    /** The best window of several, summed over the threads: what else runs on the machine only makes it worse. */
    private static double best(int threads, long bytes, LongToDoubleFunction arithmetic) throws Exception {
        double[][] rates = new double[threads][WINDOWS];
        CyclicBarrier together = new CyclicBarrier(threads);
        List<Thread> team = new ArrayList<>();
        for (int member = 0; member < threads; member++) {
            double[] own = rates[member];
            team.add(Thread.ofPlatform().start(() -> measure(own, bytes, arithmetic, together)));
        }
        for (Thread thread : team) {
            thread.join();
        }
        double best = 0;
        for (int window = 0; window < WINDOWS; window++) {
            double sum = 0;
            for (double[] own : rates) {
                sum += own[window];
            }
            best = Math.max(best, sum);
        }
        return best;
    }

    private static void measure(
            double[] rates, long bytes, LongToDoubleFunction arithmetic, CyclicBarrier together) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes, 64).fill((byte) 0);
            LongToDoubleFunction work = arithmetic != null ? arithmetic : size -> read(segment, size);
            window(work, bytes, WARM_UP_NANOS);
            for (int i = 0; i < rates.length; i++) {
                together.await();
                rates[i] = window(work, bytes, WINDOW_NANOS);
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static double read(MemorySegment segment, long bytes) {
        long done = 0;
        float sum = 0;
        for (; done < LEAST_BYTES; done += bytes) {
            sum += ReadLoop.sum(segment, bytes);
        }
        sink = sum;
        return done;
    }

    private static double window(LongToDoubleFunction work, long bytes, long nanos) {
        long begin = System.nanoTime();
        double done = 0;
        long now = begin;
        for (; now - begin < nanos; now = System.nanoTime()) {
            done += work.applyAsDouble(bytes);
        }
        return done / (now - begin) * 1e9;
    }
}
