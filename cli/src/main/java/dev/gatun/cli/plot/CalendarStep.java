package dev.gatun.cli.plot;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A distance between ticks that people count time by. Ticks stand where a clock or calendar begins anew: at whole
 * multiples since midnight, on days 1, 8, 15 and 22 of every month, in January, in years that the count divides.
 *
 * @param unit  of seconds to years
 * @param count of them
 */
record CalendarStep(ChronoUnit unit, int count) {

    /** From fine to coarse. */
    static final List<CalendarStep> ALL = List.of(
            new CalendarStep(ChronoUnit.SECONDS, 1), new CalendarStep(ChronoUnit.SECONDS, 5),
            new CalendarStep(ChronoUnit.SECONDS, 15), new CalendarStep(ChronoUnit.SECONDS, 30),
            new CalendarStep(ChronoUnit.MINUTES, 1), new CalendarStep(ChronoUnit.MINUTES, 5),
            new CalendarStep(ChronoUnit.MINUTES, 15), new CalendarStep(ChronoUnit.MINUTES, 30),
            new CalendarStep(ChronoUnit.HOURS, 1), new CalendarStep(ChronoUnit.HOURS, 3),
            new CalendarStep(ChronoUnit.HOURS, 6), new CalendarStep(ChronoUnit.HOURS, 12),
            new CalendarStep(ChronoUnit.DAYS, 1), new CalendarStep(ChronoUnit.DAYS, 2),
            new CalendarStep(ChronoUnit.DAYS, 7), new CalendarStep(ChronoUnit.DAYS, 14),
            new CalendarStep(ChronoUnit.MONTHS, 1), new CalendarStep(ChronoUnit.MONTHS, 3),
            new CalendarStep(ChronoUnit.MONTHS, 6),
            new CalendarStep(ChronoUnit.YEARS, 1), new CalendarStep(ChronoUnit.YEARS, 2),
            new CalendarStep(ChronoUnit.YEARS, 5), new CalendarStep(ChronoUnit.YEARS, 10),
            new CalendarStep(ChronoUnit.YEARS, 20), new CalendarStep(ChronoUnit.YEARS, 50),
            new CalendarStep(ChronoUnit.YEARS, 100), new CalendarStep(ChronoUnit.YEARS, 200),
            new CalendarStep(ChronoUnit.YEARS, 500), new CalendarStep(ChronoUnit.YEARS, 1000),
            new CalendarStep(ChronoUnit.YEARS, 10_000), new CalendarStep(ChronoUnit.YEARS, 100_000));

    /** The shortest such step, in milliseconds. */
    double millis() {
        int days = switch (unit) {
            case MONTHS -> 28 * count + (count - 1) * 2;
            case YEARS -> 365 * count;
            default -> 0;
        };
        return days > 0 ? days * 86_400_000.0 : unit.getDuration().toMillis() * (double) count;
    }

    /** The last tick at or before a time. */
    LocalDateTime floor(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        return switch (unit) {
            case YEARS -> LocalDate.of(Math.floorDiv(day.getYear(), count) * count, 1, 1).atStartOfDay();
            case MONTHS -> LocalDate.of(day.getYear(), (day.getMonthValue() - 1) / count * count + 1, 1).atStartOfDay();
            case DAYS -> day.withDayOfMonth(dayOf(day)).atStartOfDay();
            default -> {
                long length = unit.getDuration().toSeconds() * count;
                yield day.atStartOfDay().plusSeconds(time.toLocalTime().toSecondOfDay() / length * length);
            }
        };
    }

    /** The tick after one. */
    LocalDateTime next(LocalDateTime tick) {
        if (unit != ChronoUnit.DAYS) {
            return tick.plus(count, unit);
        }
        LocalDateTime next = tick.plusDays(count);
        return next.getMonth() == tick.getMonth() && isFarFromTheNextMonth(next.toLocalDate())
                ? next
                : tick.withDayOfMonth(1).plusMonths(1);
    }

    /** Of the days 1, 1 + count, 1 + 2 count ..., the last one that a day has reached. */
    private int dayOf(LocalDate day) {
        int of = (day.getDayOfMonth() - 1) / count * count + 1;
        return isFarFromTheNextMonth(day.withDayOfMonth(of)) ? of : of - count;
    }

    /** A tick on the 29th would crowd the one on the 1st. */
    private boolean isFarFromTheNextMonth(LocalDate day) {
        return day.getDayOfMonth() == 1 || day.lengthOfMonth() - day.getDayOfMonth() + 1 >= 0.75 * count;
    }
}
