package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a week at which a table has rows. Nights of a shop and weekends of an exchange are no holes: nobody expected
 * a row there.
 *
 * @param step  seconds; a whole number of them make a week
 * @param phase seconds after midnight of the week's first day (a Thursday, as 1970 began) at which the first step is
 * @param open  steps with rows
 */
public record OpenHours(long step, long phase, BitSet open) {

    /**
     * Keeps a copy of the steps.
     *
     * @throws NullPointerException     if they are null
     * @throws IllegalArgumentException if the step is not above 0
     */
    public OpenHours {
        Arguments.required(open, "OpenHours", "open", "the steps of a week with rows");
        if (step < 1) {
            throw new IllegalArgumentException("OpenHours: a step has at least 1 second, got " + step);
        }
        open = (BitSet) open.clone();
    }

    /** {@return the steps with rows, a copy} */
    @Override
    public BitSet open() {
        return (BitSet) open.clone();
    }

    static final long WEEK = 7 * 86_400;

    /** So many weeks at least tell what is usual. */
    private static final int LEAST_WEEKS = 3;

    /** A step with rows in fewer of the weeks is closed: what happens now and then is no rule. */
    private static final double OPEN_SHARE = 0.25;

    /** Below this a week has more steps than anybody keeps hours for. */
    private static final long SHORTEST_STEP = 60;

    /**
     * Learns them.
     *
     * @param step seconds
     * @return empty if they cannot be told: too few weeks, or no whole number of steps in a week
     */
    static Optional<OpenHours> of(List<Moment> moments, double step) {
        long whole = Math.round(step);
        if (whole != step || whole < SHORTEST_STEP || whole > 86_400 || WEEK % whole != 0) {
            return Optional.empty();
        }
        long phase = Math.floorMod(moments.getFirst().wallClock(), whole);
        OpenHours empty = new OpenHours(whole, phase, new BitSet());
        int[] rows = new int[(int) (WEEK / whole)];
        Set<Long> weeks = new HashSet<>();
        for (Moment moment : moments) {
            long index = empty.index(moment);
            rows[Math.floorMod(index, rows.length)]++;
            weeks.add(Math.floorDiv(index, rows.length));
        }
        if (weeks.size() < LEAST_WEEKS) {
            return Optional.empty();
        }
        BitSet open = new BitSet();
        for (int slot = 0; slot < rows.length; slot++) {
            open.set(slot, rows[slot] >= OPEN_SHARE * weeks.size());
        }
        return Optional.of(new OpenHours(whole, phase, open));
    }

    /** As it is kept in a model file. */
    String text() {
        return step + " " + phase + " " + new BigInteger(1, reversed(open.toByteArray())).toString(16);
    }

    /** @throws IllegalArgumentException if this was not written by {@link #text} */
    static OpenHours parse(String step, String phase, String open) {
        OpenHours hours = new OpenHours(
                Long.parseLong(step), Long.parseLong(phase),
                BitSet.valueOf(reversed(new BigInteger(open, 16).toByteArray())));
        if (hours.step < SHORTEST_STEP || WEEK % hours.step != 0 || hours.open.length() > WEEK / hours.step + 8) {
            throw new IllegalArgumentException("hours of the week");
        }
        return hours;
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return other;
    }

    /** Steps since 1970, rounded: clocks that tick a little late do not count twice. */
    private long index(Moment moment) {
        return Math.floorDiv(moment.wallClock() - phase + step / 2, step);
    }

    /** Whether a row was to be expected between two. */
    boolean isOpenBetween(Moment earlier, Moment later) {
        long from = index(earlier) + 1;
        long to = index(later);
        int steps = (int) (WEEK / step);
        if (to - from >= steps) {
            return !open.isEmpty();
        }
        for (long index = from; index < to; index++) {
            if (open.get(Math.floorMod(index, steps))) {
                return true;
            }
        }
        return false;
    }
}
