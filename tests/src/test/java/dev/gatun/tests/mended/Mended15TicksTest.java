package dev.gatun.tests.mended;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.data.Series;
import dev.gatun.data.time.DateColumn;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Timeline;
import dev.gatun.cli.plot.CalendarScale;
import dev.gatun.cli.plot.NumberScale;
import dev.gatun.cli.plot.Room;
import dev.gatun.cli.plot.Tick;
import dev.gatun.cli.plot.TimeAxis;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Number 15: ticks stand where years, months, days, hours or minutes begin, and say what changes.
final class Mended15TicksTest {

    private static final double PIXELS = 1450;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static double width(String text) {
        return 10.5 * text.length();
    }

    private static TimeAxis axis(List<String> labels) {
        long[] lines = LongStream.range(2, 2 + labels.size()).toArray();
        return TimeAxis.of(
                Series.of(
                        Timeline.of(new DateColumn("t.csv", "when", labels, lines), DateRules.STRICT), List.of("v"),
                        new double[labels.size()][1]));
    }

    private static List<Tick> ticks(List<String> labels) {
        TimeAxis axis = axis(labels);
        int[] rows = IntStream.range(0, labels.size()).toArray();
        double from = axis.at(0);
        double to = axis.at(rows.length - 1);
        Room room = from < to
                ? new Room(from, to, PIXELS, Mended15TicksTest::width)
                : new Room(from - 0.5, to + 0.5, PIXELS, Mended15TicksTest::width);
        List<Tick> ticks = axis.scale(rows).ticks(room);
        assertReadable(ticks, room);
        return ticks;
    }

    private static void assertReadable(List<Tick> ticks, Room room) {
        assertTrue(ticks.size() <= Room.MOST, ticks::toString);
        double label = Double.NEGATIVE_INFINITY;
        double context = Double.NEGATIVE_INFINITY;
        for (Tick tick : ticks) {
            double x = room.at(tick.at());
            assertTrue(x >= -1e-6 && x <= PIXELS + 1e-6, tick::toString);
            assertTrue(x - width(tick.label()) / 2 > label, () -> tick + " touches the one before in " + ticks);
            label = x + width(tick.label()) / 2;
            if (!tick.context().isEmpty()) {
                assertTrue(x - width(tick.context()) / 2 > context, () -> tick.context() + " touches in " + ticks);
                context = x + width(tick.context()) / 2;
            }
        }
    }

    private static List<String> said(List<Tick> ticks) {
        return ticks.stream().map(tick -> tick.label() + (tick.context().isEmpty() ? "" : "|" + tick.context()))
                .toList();
    }

    private static List<LocalDateTime> times(List<Tick> ticks) {
        return ticks.stream()
                .map(tick -> LocalDateTime.ofInstant(Instant.ofEpochMilli((long) tick.at()), ZoneOffset.UTC)).toList();
    }

    private static List<String> every(String first, Duration step, int rows) {
        LocalDateTime from = LocalDateTime.parse(first.replace(' ', 'T'));
        return IntStream.range(0, rows).mapToObj(row -> from.plus(step.multipliedBy(row)).format(MINUTES)).toList();
    }

    private static List<String> days(String first, int rows, Function<LocalDate, LocalDate> next) {
        return Stream.iterate(LocalDate.parse(first), next::apply).limit(rows).map(LocalDate::toString).toList();
    }

    @Test
    void threeCenturiesOfMonthsByHalfACentury() {
        List<Tick> ticks = ticks(days("1749-01-01", 308 * 12, day -> day.plusMonths(1)));
        assertEquals(List.of("1750", "1800", "1850", "1900", "1950", "2000", "2050"), said(ticks));
    }

    @Test
    void yearsAsPlainNumbers() {
        List<Tick> ticks = ticks(IntStream.rangeClosed(1749, 2057).mapToObj(Integer::toString).toList());
        assertEquals(List.of("1750", "1800", "1850", "1900", "1950", "2000", "2050"), said(ticks));
    }

    /// As it was: 1972, 1973, 1975, since evenly spaced instants were cut to their years.
    @Test
    void yearsAreEvenlySpacedYears() {
        List<Tick> ticks = ticks(days("1971-08-20", 6 * 12, day -> day.plusMonths(1)));
        assertEquals(List.of("Jan|1972", "Jul", "Jan|1973", "Jul", "Jan|1974", "Jul", "Jan|1975", "Jul", "Jan|1976",
                "Jul", "Jan|1977", "Jul"), said(ticks));
    }

    /// As it was: "2024-10" at 14 October.
    @Test
    void twoYearsOfDaysByTheQuarter() {
        List<Tick> ticks = ticks(days("2023-10-14", 731, day -> day.plusDays(1)));
        assertEquals(List.of("Jan|2024", "Apr", "Jul", "Oct", "Jan|2025", "Apr", "Jul", "Oct"), said(ticks));
        times(ticks).forEach(time -> assertEquals(time.withDayOfMonth(1).toLocalDate().atStartOfDay(), time));
    }

    @Test
    void sixtyNineDaysOfHoursByTheWeek() {
        List<Tick> ticks = ticks(every("2024-01-01 00:00", Duration.ofHours(1), 69 * 24));
        assertEquals(List.of("1 Jan|2024", "8 Jan", "15 Jan", "22 Jan", "1 Feb", "8 Feb", "15 Feb", "22 Feb", "1 Mar",
                "8 Mar"), said(ticks));
    }

    @Test
    void threeHoursOfFiveMinutesByTheQuarterOfAnHour() {
        List<Tick> ticks = ticks(every("2024-03-09 22:35", Duration.ofMinutes(5), 37));
        assertEquals(List.of("22:45", "23:00", "23:15", "23:30", "23:45", "00:00|10 Mar 2024", "00:15", "00:30",
                "00:45", "01:00", "01:15", "01:30"),
                said(ticks).stream().map(text -> text.replace("|9 Mar 2024", ""))
                        .toList());
    }

    /// The night without an hour from two to three, and a day that only leap years have.
    @Test
    void aMonthWithALeapDayAndANightThatLacksAnHour() {
        assertEquals(List.of("1 Feb|2024", "8 Feb", "15 Feb", "22 Feb", "1 Mar"),
                said(ticks(days("2024-02-01", 31, day -> day.plusDays(1)))));
        assertEquals(List.of("15 Feb|2024", "17 Feb", "19 Feb", "21 Feb", "23 Feb", "25 Feb", "27 Feb", "1 Mar",
                "3 Mar", "5 Mar"), said(ticks(days("2024-02-15", 20, day -> day.plusDays(1)))),
                "not the 29th too, a day before the 1st");
        List<String> march = every("2024-03-01 00:00", Duration.ofHours(1), 31 * 24).stream()
                .filter(label -> !label.equals("2024-03-31 02:00")).toList();
        assertEquals(List.of("1 Mar|2024", "8 Mar", "15 Mar", "22 Mar"), said(ticks(march)));
    }

    @Test
    void aNewYearIsSaidWhereItBegins() {
        List<String> said = said(ticks(every("2023-12-29 00:00", Duration.ofHours(6), 10 * 4)));
        assertTrue(said.contains("1 Jan|2024"), said::toString);
        assertTrue(said.contains("31 Dec"), said::toString);
    }

    @Test
    void hoursSayTheirDayWhereItBegins() {
        List<String> said = said(ticks(every("2024-03-08 20:00", Duration.ofMinutes(20), 36 * 3)));
        assertTrue(said.contains("00:00|9 Mar 2024"), said::toString);
        assertTrue(said.contains("03:00"), said::toString);
    }

    @Test
    void onePointAndTwoAndThreeSayTheirOwnNames() {
        assertEquals(List.of("9 Mar|2024"), said(ticks(List.of("2024-03-09"))));
        assertEquals(List.of("06:05|9 Mar 2024"), said(ticks(List.of("2024-03-09 06:05"))));
        assertEquals(List.of("9 Mar|2024", "10 Mar"), said(ticks(List.of("2024-03-09", "2024-03-10"))));
        assertEquals(List.of("1 Dec|2023", "2024", "1 Feb|2024"),
                said(ticks(List.of("2023-12-01", "2024-01-01", "2024-02-01"))));
        assertEquals(List.of("7"), said(ticks(List.of("7"))));
        assertEquals(List.of("1.5", "2.25"), said(ticks(List.of("1.5", "2.25"))));
    }

    @Test
    void daysHaveNoTicksAtNoon() {
        assertEquals(List.of("9 Mar|2024", "10 Mar", "11 Mar", "12 Mar"),
                said(ticks(days("2024-03-09", 4, day -> day.plusDays(1)))));
    }

    /// Clocks that say how far they are from UTC: as they are if all agree, else by UTC.
    @Test
    void offsets() {
        TimeAxis same = axis(List.of("2024-01-01T00:00+02:00", "2024-01-02T00:00+02:00"));
        assertEquals(LocalDate.of(2024, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1e3, same.at(0));
        TimeAxis summer = axis(List.of("2024-03-31T01:00+01:00", "2024-03-31T03:00+02:00"));
        assertEquals(3_600_000, summer.at(1) - summer.at(0), "an hour, whatever the clock says");
        assertEquals("when (UTC)", summer.title());
        assertEquals("when", same.title(), "as the table has them");
    }

    /// As it was: what trains in one of these forms was drawn with the rows' numbers for dates.
    @ParameterizedTest
    @ValueSource(strings = {"d.M.uuuu", "M/d/uuuu", "uuuu/M/d", "uuuu.MM.dd", "uuuuMMdd", "d-MMM-uuuu", "MMMM d, uuuu",
        "d.M.uuuu HH:mm", "M/d/uuuu h:mm a", "uuuu-MM-dd HH:mm:ss.SSS", "uuuu-MM-dd'T'HH:mm'Z'",
        "uuuu-MM-dd HH:mm 'UTC'",
        "uuuu-MM-dd HH:mm'+0530'", "uuuu-MM-dd'T'HH:mm'+01:00[Europe/Berlin]'"})
    void everyFormOfDateIsDrawnAsADate(String form) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
        List<String> labels = IntStream.range(0, 31)
                .mapToObj(row -> LocalDate.of(2024, 1, 18).plusDays(row).atStartOfDay().format(formatter)).toList();
        assertEquals(List.of("22 Jan|2024", "1 Feb", "8 Feb", "15 Feb"), said(ticks(labels)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uuuu-MM", "uuuuMM", "MMM uuuu", "uuuu-'Q'q"})
    void monthsAndQuartersAreDrawnAsDates(String form) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(form, Locale.ENGLISH);
        List<String> labels = IntStream.range(0, 16)
                .mapToObj(row -> LocalDate.of(1990, 1, 1).plusMonths(form.contains("q") ? row * 3L : row)
                        .format(formatter))
                .toList();
        List<LocalDateTime> times = times(ticks(labels));
        assertEquals(LocalDate.of(1990, 1, 1).atStartOfDay(), times.getFirst());
        times.forEach(time -> assertEquals(1, time.getDayOfMonth()));
    }

    @Test
    void fractionsOfASecondAreKept() {
        TimeAxis axis = axis(List.of("2024-01-01 00:00:00.25", "2024-01-01 00:00:00.5"));
        assertEquals(250, axis.at(1) - axis.at(0));
    }

    @Property(tries = 400)
    void anySpanHasTicksThatCanBeRead(
            @ForAll @LongRange(min = -8_500_000_000L, max = 4_000_000_000L) long start,
            @ForAll @DoubleRange(min = 2.8, max = 9.98) double power) {
        double from = start * 1e3;
        double to = from + Math.rint(Math.pow(10, power)) * 1e3;
        Room room = new Room(from, to, PIXELS, Mended15TicksTest::width);
        List<Tick> ticks = new CalendarScale(0).ticks(room);
        assertTrue(ticks.size() >= 3, ticks::toString);
        assertReadable(ticks, room);
        for (int i = 0; i < ticks.size(); i++) {
            LocalDateTime time = times(ticks).get(i);
            String label = ticks.get(i).label();
            boolean isRound = label.contains(":")
                    ? time.getNano() == 0 && label.startsWith(time.format(DateTimeFormatter.ofPattern("HH:mm")))
                    : time.equals(time.toLocalDate().atStartOfDay())
                            && (label.contains(" ") || time.getDayOfMonth() == 1)
                            && (!label.matches("\\d+") || time.getMonthValue() == 1);
            assertTrue(isRound, () -> time + " is called " + label);
        }
    }

    @Property(tries = 400)
    void anyNumbersHaveTicksThatCanBeRead(@ForAll @IntRange(min = -1000, max = 1000) int start,
            @ForAll @DoubleRange(min = -6, max = 6) double power) {
        Room room = new Room(start, start + Math.pow(10, power), PIXELS, Mended15TicksTest::width);
        List<Tick> ticks = new NumberScale(0).ticks(room);
        assertTrue(ticks.size() >= 3, ticks::toString);
        assertReadable(ticks, room);
        for (Tick tick : ticks) {
            assertEquals(tick.at(), Double.parseDouble(tick.label()), Math.abs(tick.at()) * 1e-12);
        }
    }
}
