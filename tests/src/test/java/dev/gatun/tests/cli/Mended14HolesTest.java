package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.tensors.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Number 14: rows that are missing are reported, and no window goes over them.
final class Mended14HolesTest extends ModelFile {

    private static final int WINDOW = 4;

    /// Rows with these dates; the value of a row is its number.
    private Path table(String name, Stream<?> dates) throws Exception {
        StringBuilder text = new StringBuilder("t,v\n");
        List<String> labels = dates.map(Object::toString).toList();
        for (int row = 0; row < labels.size(); row++)
            text.append(labels.get(row)).append(',').append(row).append('\n');
        return Tables.write(folder.resolve(name), text.toString());
    }

    private static Stream<LocalDate> days(int rows, int... missing) {
        return IntStream.range(0, rows).filter(row -> Arrays.stream(missing).noneMatch(day -> day == row))
                .mapToObj(LocalDate.of(2024, 1, 1)::plusDays);
    }

    private Object[] training(Path data, Object... more) {
        List<Object> args = new ArrayList<>(List.of("train", data, "--target", "v", "--date", "t", "--window", WINDOW,
                "--horizon", 2, "--layers", 2, "--epochs", 1, "--out", model));
        args.addAll(List.of(more));
        return args.toArray();
    }

    private JsonNode holes(Path data, Object... more) throws Exception {
        Object[] args = training(data, Stream.concat(Stream.of("--json", "--quiet"), Stream.of(more)).toArray());
        return Cli.ok(args).json().get("holes");
    }

    @Test
    void aHoleIsReportedAndNoWindowCrossesIt() throws Exception {
        Path data = table("hole.csv", Stream.concat(days(60), days(160).skip(120)));
        Cli cli = Cli.ok(training(data));
        for (String text : new String[] {"has 1 hole of 61 days", "'2024-02-29' (line 61)", "'2024-04-30' (line 62)",
            "usually 1 day apart", "5 windows are left out", "--max-step"})
            assertTrue(cli.err().contains(text), () -> "expected '" + text + "' in " + cli.err());
        // 100 rows: 15 windows whose targets lie in the last 20, as without a hole there; 60 + 40 have 55 + 35 in all.
        JsonNode json = Cli.ok("evaluate", model, data, "--all", "--json").json();
        assertEquals(55 + 35, json.get("windows").asInt());
        assertEquals(1, json.get("holes").get("count").asInt());
        assertEquals(61, json.get("holes").get("line").asInt());
        assertEquals("61 days", json.get("holes").get("largest").asText());

        Path out = folder.resolve("all.npy");
        Cli predicted = Cli.ok("predict", model, "--input", data, "--output", out, "--all");
        assertTrue(predicted.err().contains("3 windows are left out"), predicted.err());
        assertEquals(57 + 37, Npy.read(out).shape().dim(0));
        Cli drawn = Cli.ok("plot", model, "--data", data, "--out", folder.resolve("p.png"));
        assertTrue(drawn.err().contains("No window crosses a hole"), drawn.err());
    }

    @Test
    void severalHolesAreCountedAndTheLargestIsNamed() throws Exception {
        JsonNode holes = holes(table("three.csv", days(100, 10, 40, 41, 42, 70)));
        assertEquals(3, holes.get("count").asInt());
        assertEquals("4 days", holes.get("largest").asText());
        assertEquals("2024-02-09", holes.get("after").asText());
    }

    @Test
    void theForecastDoesNotLookOverAHole() throws Exception {
        Cli.ok(training(table("whole.csv", days(80)), "--quiet"));
        Path out = folder.resolve("next.csv");
        Path data = table("late.csv", days(80, 77));
        Cli.refused(Cli.args("predict", model, "--input", data, "--output", out), "a hole lies among the last 4",
                "'2024-03-17' (line 78)", "'2024-03-19' (line 79)", "--max-step");
        assertFalse(Files.exists(out));
        Cli.ok("predict", model, "--input", data, "--output", out, "--max-step", "2d", "--quiet");
        Cli.ok("predict", model, "--input", table("early.csv", days(80, 75)), "--output", out, "--quiet");
        Cli.refused(Cli.args("predict", model, "--input", table("bits.csv", days(11, 3, 7)), "--output", out, "--all"),
                "every stretch without a hole has fewer");
    }

    /// A table of one window is judged by what the training's rows were: by itself it has no hole at all.
    @Test
    void theStepIsThatOfTheTraining() throws Exception {
        Cli.ok(training(table("days.csv", days(80)), "--quiet"));
        Path out = folder.resolve("next.csv");
        Path weeks = table("weeks.csv", IntStream.range(0, 8).mapToObj(LocalDate.of(2024, 6, 3)::plusWeeks));
        Cli.refused(Cli.args("predict", model, "--input", weeks, "--output", out), "its rows are 7 days apart",
                "those of the training were 1 day apart");
        Path hours = table("hours.csv", IntStream.range(0, 8).mapToObj(LocalDateTime.of(2024, 6, 3, 0, 0)::plusHours));
        Cli.refused(Cli.args("evaluate", model, hours), "its rows are 1 hour apart", "1 day apart");
        Path years = table("years.csv", IntStream.range(1900, 1920).boxed());
        Cli.refused(Cli.args("evaluate", model, years), "are numbers, in training they were dates");
    }

    @Test
    void monthsAndYearsAreSteps() throws Exception {
        LocalDate end = LocalDate.of(2000, 1, 31);
        assertEquals(0,
                holes(table("months.csv", IntStream.range(0, 60).mapToObj(end::plusMonths))).get("count").asInt());
        assertEquals(1,
                holes(table("months.csv", IntStream.range(0, 60).filter(i -> i != 13).mapToObj(end::plusMonths)))
                        .get("count").asInt());
        assertEquals(0,
                holes(table("years.csv", IntStream.range(0, 60).mapToObj(end::plusYears))).get("count").asInt());
        assertEquals(1, holes(table("years.csv", IntStream.range(0, 60).filter(i -> i != 13).mapToObj(end::plusYears)))
                .get("count").asInt());
        assertEquals(1, holes(table("numbers.csv", IntStream.range(1900, 1960).filter(i -> i != 1913).boxed()))
                .get("count").asInt());
    }

    private static Stream<LocalDate> weekdays(int rows) {
        return Stream.iterate(LocalDate.of(2024, 1, 1), day -> day.plusDays(1))
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .limit(rows);
    }

    /// An exchange is closed at weekends: nobody misses those rows, but a Wednesday is missed.
    @Test
    void weekendsAreNoHoles() throws Exception {
        assertEquals(0, holes(table("shares.csv", weekdays(100))).get("count").asInt());
        Path next = table("next.csv", Stream.of("2024-08-01", "2024-08-02", "2024-08-05", "2024-08-06"));
        Cli.ok("predict", model, "--input", next, "--output", folder.resolve("y.csv"), "--quiet");
        Path gone = table("gone.csv", Stream.of("2024-08-01", "2024-08-02", "2024-08-06", "2024-08-07"));
        Cli.refused(Cli.args("predict", model, "--input", gone, "--output", folder.resolve("y.csv")),
                "'2024-08-06' (line 4)");
        JsonNode holes = holes(table("shares.csv", weekdays(100).filter(day -> day.getDayOfYear() != 38)));
        assertEquals(1, holes.get("count").asInt());
        assertEquals("2 days", holes.get("largest").asText());
        assertEquals(0,
                holes(table("shares.csv", weekdays(100).filter(day -> day.getDayOfYear() != 38)), "--max-step", "3d")
                        .get("count").asInt());
    }

    @Test
    void nightsAreNoHolesWhereThereIsNeverARow() throws Exception {
        IntFunction<LocalDateTime> halfHours = LocalDateTime.of(2024, 1, 1, 0, 0)::plusMinutes;
        List<LocalDateTime> open = IntStream.range(0, 30 * 48).mapToObj(row -> halfHours.apply(30 * row))
                .filter(time -> time.getHour() >= 9 && time.getHour() < 17
                        && time.getDayOfWeek().getValue() < 6)
                .toList();
        assertEquals(0, holes(table("shop.csv", open.stream())).get("count").asInt());
        JsonNode holes = holes(table("shop.csv", open.stream()
                .filter(time -> time.getDayOfMonth() != 10 || time.getHour() != 12)));
        assertEquals(1, holes.get("count").asInt());
        assertEquals("90 minutes", holes.get("largest").asText().replace("1.5 hours", "90 minutes"));
    }

    /// One row in ten is lost at random: no weekday and no hour is spared, so each of them is a hole.
    @Test
    void rowsLostAtRandomAreHoles() throws Exception {
        java.util.Random random = new java.util.Random(7);
        List<LocalDate> kept = days(400).filter(day -> random.nextInt(10) > 0).toList();
        int expected = (int) IntStream.range(1, kept.size())
                .filter(row -> kept.get(row).toEpochDay() - kept.get(row - 1).toEpochDay() > 1).count();
        assertTrue(expected > 20);
        assertEquals(expected, holes(table("lost.csv", kept.stream())).get("count").asInt());
    }

    @Test
    void aTableOfHolesIsRefused() throws Exception {
        Path data = table("pairs.csv", days(90).filter(day -> day.toEpochDay() % 3 != 0));
        String said = Cli.refused(training(data), "pairs.csv", "holes", "usually 1 day apart",
                "the longest stretch without one has 2 rows", "--max-step");
        assertFalse(said.contains("Exception"), said);
        assertFalse(Files.exists(model));
        Cli.ok(training(data, "--max-step", "2d", "--quiet"));
        Cli.ok("evaluate", model, data, "--quiet");
    }

    @Test
    void interpolationDoesNotBridgeAHole() throws Exception {
        StringBuilder text = new StringBuilder("t,v\n");
        List<LocalDate> dates = Stream.concat(days(60), days(200).skip(140)).toList();
        for (int row = 0; row < dates.size(); row++)
            text.append(dates.get(row)).append(',').append(row == 59 || row == 60 ? "" : row < 60 ? "0" : "100")
                    .append('\n');
        Path data = Tables.write(folder.resolve("gap.csv"), text.toString());
        Cli.ok(training(data, "--missing", "interpolate", "--quiet", "--test", 0, "--validation", 0));
        // On a line across the hole the two would be 33 and 67: persistence, which repeats the last row, shows them.
        JsonNode scores = Cli.ok("evaluate", model, data, "--all", "--json").json().get("scores");
        assertEquals("persistence", scores.get(1).get("by").asText());
        assertEquals(0, scores.get(1).get("rmse").asDouble());
    }

    @Test
    void changesAreNotMeasuredAcrossAHole() throws Exception {
        StringBuilder text = new StringBuilder("t,v\n");
        List<LocalDate> dates = Stream.concat(days(60), days(200).skip(140)).toList();
        for (int row = 0; row < dates.size(); row++)
            text.append(dates.get(row)).append(',').append(row % 2 + (row < 60 ? 0 : 1e6)).append('\n');
        Path data = Tables.write(folder.resolve("jump.csv"), text.toString());
        Cli.ok(training(data, "--relative", "--quiet", "--test", 0, "--validation", 0));
        double rmse = Cli.ok("evaluate", model, data, "--all", "--json").json().get("scores").get(0).get("rmse")
                .asDouble();
        assertTrue(rmse < 10, "scaled by the jump the forecast would be in hundred thousands: " + rmse);
    }

    @Test
    void rowsThatCrowdAreRemarkedOn() throws Exception {
        List<String> dates = new ArrayList<>(days(60).map(day -> day + " 00:00").toList());
        dates.add(31, "2024-01-31 06:00");
        Cli cli = Cli.ok(training(table("crowd.csv", dates.stream())));
        assertTrue(cli.err().contains("line 33 ('2024-01-31 06:00') follows the row before it after less than half"),
                cli.err());
    }

    /// The demo's years have no hole, and its file keeps their step.
    @Test
    void theDemoKeepsTheRule() throws Exception {
        Cli.ok("demo", "--epochs", 1, "--out", folder.resolve("demo"), "--quiet");
        Path years = Tables.write(folder.resolve("years.csv"), "YEAR,SUNACTIVITY\n" + IntStream.range(2009, 2022)
                .filter(year -> year != 2015).mapToObj(year -> year + ",5\n").reduce("", String::concat));
        Cli.refused(Cli.args("predict", folder.resolve("demo/demo.gatun"), "--input", years, "--output",
                folder.resolve("y.csv")), "a hole lies among the last 11", "'2014' (line 7)");
    }
}
