package dev.gatun.perf.paired;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Times one engine, block after block; between its blocks others run. */
final class Stopwatch {

    /** Runs at the start of a block that wake threads and fill caches, and do not count. */
    private static final int UNCOUNTED = 3;
    /** Parts of the time of warming up; the engine is warm when so many in a row were not so much faster. */
    private static final int LEAST_WINDOWS = 4;
    private static final int CALM = 3;
    private static final double FASTER = 0.9;
    private static final int MOST_WINDOWS = 40;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Contender contender;
    private final double[] nanos;
    private final double[] bytes;
    private final Histogram histogram;
    private final int singles;
    private int runsPerBlock = 1;
    private int round;

    /** @param singles how many single times count; 0 if only whole blocks do */
    Stopwatch(Contender contender, int rounds, int singles) {
        this.contender = contender;
        this.nanos = new double[rounds];
        this.bytes = new double[rounds];
        this.singles = singles;
        this.histogram = singles > 0 ? new Histogram(LONGEST_NANOS, 3) : null;
    }

    /**
     * Runs for so long, and on until it gets no faster: the JIT compiler is late where the machine is busy. Then a block is
     * as many runs as fill its time, or as many as are asked for.
     */
    void warmUp(Pace pace) {
        double best = Double.MAX_VALUE;
        int calm = 0;
        for (int window = 0; window < LEAST_WINDOWS || calm < CALM && window < MOST_WINDOWS; window++) {
            double time = window(pace.warmUpMillis() * 1_000_000L / LEAST_WINDOWS);
            calm = time < FASTER * best ? 0 : calm + 1;
            best = Math.min(best, time);
        }
        runsPerBlock = histogram != null
                ? Math.ceilDiv(singles, pace.rounds())
                : Math.toIntExact(Math.clamp(Math.round(pace.blockMillis() * 1e6 / best), 1, 1 << 20));
        block(histogram != null ? runsPerBlock : 1);
        if (histogram != null) {
            histogram.reset();
        }
    }

    /** @return nanoseconds of a run */
    private double window(long nanos) {
        long begin = System.nanoTime();
        long now = begin;
        int runs = 0;
        for (; runs == 0 || now - begin < nanos; now = System.nanoTime()) {
            contender.run();
            runs++;
        }
        return (double) (now - begin) / runs;
    }

    void round() throws InterruptedException {
        Calm.await();
        for (int i = 0; i < (runsPerBlock > 1 ? UNCOUNTED : 1); i++) {
            contender.run();
        }
        long allocated = THREADS.getTotalThreadAllocatedBytes();
        nanos[round] = (double) block(runsPerBlock) / runsPerBlock;
        bytes[round] = (double) (THREADS.getTotalThreadAllocatedBytes() - allocated) / runsPerBlock;
        round++;
    }

    private long block(int runs) {
        return histogram == null
                ? contender.time(runs)
                : contender.time(runs, nanos -> histogram.recordValue(Math.min(nanos, LONGEST_NANOS)));
    }

    Measured measured() {
        // The least: other threads of the JVM allocate now and then, an engine that allocates does so in every block.
        double allocated = Arrays.stream(bytes).min().orElseThrow();
        return new Measured(nanos, allocated, histogram == null ? null : Latency.of(histogram));
    }
}
