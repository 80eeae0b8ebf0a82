package dev.gatun.layers.serve;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.memory.check.Arguments;
import java.time.Duration;
import java.util.Locale;

/**
 * How a warm-up went. The JVM interprets code at first, then compiles it twice; until the second time vectors are objects
 * and a run takes a hundred times as long. What counts as steady: four stretches of {@value #STRETCH_MILLIS} ms in a row whose
 * fastest run is no more than {@value #STEADY_PERCENT} % faster than the fastest before.
 *
 * @param isSteady whether runs became steady within the limit
 * @param runs     how many there were, at least 1
 * @param first    the time of the first run
 * @param fastest  the time of the fastest run
 * @param took     the time of all runs together
 */
public record WarmUp(boolean isSteady, long runs, Duration first, Duration fastest, Duration took) {
    /**
     * Refuses what is missing.
     *
     * @throws NullPointerException naming what is missing
     */
    public WarmUp {
        Arguments.required(first, "WarmUp", "first", "a time");
        Arguments.required(fastest, "WarmUp", "fastest", "a time");
        Arguments.required(took, "WarmUp", "took", "a time");
    }

    /** The longest a warm-up takes if no other limit is given: 10 s. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private static final int STRETCH_MILLIS = 50;
    private static final int STEADY_STRETCHES = 4;
    private static final int STEADY_PERCENT = 5;
    /** A slow model has at least as many runs in a stretch. */
    private static final int LEAST_RUNS = 2;

    /**
     * Runs something over and over, until it is steady or the limit is over.
     *
     * @param run   what to run
     * @param limit longest time; a stretch that has begun is finished
     * @return how it went
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static WarmUp of(Runnable run, Duration limit) {
        Arguments.required(run, "WarmUp.of", "run", "what to run");
        Arguments.required(limit, "WarmUp.of", "limit", "a time, for example WarmUp.LIMIT");
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("A warm-up needs a positive limit, got " + limit);
        }
        long begin = System.nanoTime();
        run.run();
        long first = System.nanoTime() - begin;
        long runs = 1;
        long fastest = first;
        int steady = 0;
        while (steady < STEADY_STRETCHES && System.nanoTime() - begin < limit.toNanos()) {
            long best = Long.MAX_VALUE;
            long stretch = System.nanoTime();
            long now = stretch;
            for (int i = 0; i < LEAST_RUNS || now - stretch < STRETCH_MILLIS * 1_000_000L; i++) {
                run.run();
                long end = System.nanoTime();
                best = Math.min(best, end - now);
                now = end;
                runs++;
            }
            steady = KernelChoice.isCold() || best * 100 < fastest * (100 - STEADY_PERCENT) ? 0 : steady + 1;
            fastest = Math.min(fastest, best);
        }
        return new WarmUp(steady >= STEADY_STRETCHES, runs, Duration.ofNanos(first), Duration.ofNanos(fastest),
                Duration.ofNanos(System.nanoTime() - begin));
    }

    /** For example {@code steady after 0.85 s and 31,204 runs: 8.6 us a run, the first took 14.2 ms}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s after %.2f s and %,d runs: %s a run, the first took %s",
                isSteady ? "steady" : "not steady", took.toNanos() / 1e9, runs, text(fastest), text(first));
    }

    private static String text(Duration duration) {
        double micros = duration.toNanos() / 1e3;
        return micros < 1000
                ? String.format(Locale.ROOT, "%.1f us", micros)
                : String.format(Locale.ROOT, "%.1f ms", micros / 1000);
    }
}
