package dev.gatun.cli.plot;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Ticks on starts of years, months, days, hours or minutes. Positions are milliseconds since 1970, as if every clock
 * showed UTC.
 *
 * @param finest milliseconds between rows: a table of months has no ticks at midnight; 0 for any
 */
public record CalendarScale(double finest) implements Scale {

    private static final int FEW = 3;

    @Override
    public List<Tick> ticks(Room room) {
        List<Tick> ticks = ticks(room, finest);
        return ticks.size() >= FEW ? ticks : ticks(room, 0);
    }

    private static List<Tick> ticks(Room room, double finest) {
        for (CalendarStep step : CalendarStep.ALL) {
            if (step.millis() >= finest && (room.to() - room.from()) / step.millis() <= 2 * Room.MOST) {
                List<Tick> ticks = ticks(room, step);
                if (room.fits(ticks)) {
                    return room.clear(ticks);
                }
            }
        }
        return List.of();
    }

    private static List<Tick> ticks(Room room, CalendarStep step) {
        List<Tick> ticks = new ArrayList<>();
        String before = "";
        for (LocalDateTime at = step.floor(time(room.from())); millis(at) <= room.to(); at = step.next(at)) {
            if (millis(at) >= room.from()) {
                String context = context(at, step.unit());
                ticks.add(new Tick(millis(at), label(at, step.unit()), context.equals(before) ? "" : context));
                before = context;
            }
        }
        return ticks;
    }

    @Override
    public Tick tick(double value) {
        LocalDateTime time = time(value);
        ChronoUnit unit = time.equals(time.withDayOfYear(1).truncatedTo(ChronoUnit.DAYS))
                ? ChronoUnit.YEARS
                : time.equals(time.truncatedTo(ChronoUnit.DAYS))
                        ? ChronoUnit.DAYS
                        : time.getSecond() == 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
        return new Tick(value, label(time, unit), context(time, unit));
    }

    private static String label(LocalDateTime time, ChronoUnit unit) {
        return time.format(form(switch (unit) {
            case YEARS -> "uuuu";
            case MONTHS -> "MMM";
            case DAYS -> "d MMM";
            case SECONDS -> "HH:mm:ss";
            default -> "HH:mm";
        }));
    }

    private static String context(LocalDateTime time, ChronoUnit unit) {
        return switch (unit) {
            case YEARS -> "";
            case MONTHS, DAYS -> time.format(form("uuuu"));
            default -> time.format(form("d MMM uuuu"));
        };
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private static LocalDateTime time(double millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli((long) millis), ZoneOffset.UTC);
    }

    private static double millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }
}
