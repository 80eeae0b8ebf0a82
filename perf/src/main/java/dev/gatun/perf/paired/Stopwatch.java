package dev.gatun.perf.paired;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Times one engine, block after block; between its blocks others run. */
final class Stopwatch {

    /** Threads of the engine before go to sleep meanwhile: spinning ones would take our cores. */
    private static final int SETTLE_MILLIS = 15;
    /** Runs at the start of a block that wake threads and fill caches, and do not count. */
    private static final int UNCOUNTED = 3;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Contender contender;
    private final double[] nanos;
    private final double[] bytes;
    private final Histogram histogram;
    private int runsPerBlock = 1;
    private int round;

    /** @param latencies whether every single time counts */
    Stopwatch(Contender contender, int rounds, boolean latencies) {
        this.contender = contender;
        this.nanos = new double[rounds];
        this.bytes = new double[rounds];
        this.histogram = latencies ? new Histogram(LONGEST_NANOS, 3) : null;
    }

    /** Runs for so long, at least twice; then a block is as many runs as fill its time, or as many as are asked for. */
    void warmUp(Pace pace) {
        long start = System.nanoTime();
        long end = start + pace.warmUpMillis() * 1_000_000L;
        long last = 0;
        for (int runs = 0; runs < 2 || System.nanoTime() < end; runs++) {
            long begin = System.nanoTime();
            contender.run();
            last = System.nanoTime() - begin;
        }
        block(UNCOUNTED);
        runsPerBlock = histogram != null
                ? Math.ceilDiv(pace.steps(), pace.rounds())
                : Math.toIntExact(Math.clamp(pace.blockMillis() * 1_000_000L / Math.max(1, last), 1, 1 << 20));
        if (histogram != null) {
            block(runsPerBlock);
            histogram.reset();
        }
    }

    void round() throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        for (int i = 0; i < (runsPerBlock > 1 ? UNCOUNTED : 1); i++) {
            contender.run();
        }
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        nanos[round] = (double) block(runsPerBlock) / runsPerBlock;
        bytes[round] = (double) (THREADS.getTotalThreadAllocatedBytes() - allocated) / runsPerBlock;
        round++;
    }

    private long block(int runs) {
        long begin = System.nanoTime();
        if (histogram == null) {
            for (int i = 0; i < runs; i++) {
                contender.run();
            }
            return System.nanoTime() - begin;
        }
        long before = begin;
        for (int i = 0; i < runs; i++) {
            contender.run();
            long now = System.nanoTime();
            histogram.recordValue(now - before);
            // Recording is no part of the next step.
            before = System.nanoTime();
        }
        return before - begin;
    }

    Measured measured() {
        // The least: other threads of the JVM allocate now and then, an engine that allocates does so in every block.
        double allocated = Arrays.stream(bytes).min().orElseThrow();
        return new Measured(nanos, allocated, histogram == null ? null : Latency.of(histogram));
    }
}
