package dev.gatun.data.time;

import dev.gatun.memory.check.Arguments;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * When a row is.
 *
 * @param at        seconds since 1970 in UTC (or as if in UTC, where no offset is given), or the number; exact
 * @param wallClock seconds since 1970 as the clock shows them: weekdays and hours are those of the place
 */
public record Moment(BigDecimal at, long wallClock) implements Comparable<Moment> {

    /**
     * Checks that nothing is null.
     *
     * @throws NullPointerException naming what is
     */
    public Moment {
        Arguments.required(at, "Moment", "at", "seconds since 1970, or a number");
    }

    static Moment of(LocalDateTime shown, ZoneOffset offset) {
        Instant instant = shown.toInstant(offset);
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond());
        return new Moment(
                instant.getNano() == 0 ? seconds : seconds.add(BigDecimal.valueOf(instant.getNano(), 9)),
                shown.toEpochSecond(ZoneOffset.UTC));
    }

    static Moment of(BigDecimal number) {
        return new Moment(number, 0);
    }

    /**
     * How far the clock is ahead of UTC.
     *
     * @return seconds; 0 where no offset is given; without meaning for a number
     */
    public long offset() {
        return wallClock - at.setScale(0, RoundingMode.FLOOR).longValue();
    }

    /**
     * How much later this is.
     *
     * @param earlier of the same kind
     * @return seconds, or a difference of numbers
     */
    public double since(Moment earlier) {
        Arguments.required(earlier, "Moment.since", "earlier", "a moment of the same kind");
        return at.subtract(earlier.at).doubleValue();
    }

    @Override
    public int compareTo(Moment other) {
        Arguments.required(other, "Moment.compareTo", "other", "a moment of the same kind");
        return at.compareTo(other.at);
    }
}
