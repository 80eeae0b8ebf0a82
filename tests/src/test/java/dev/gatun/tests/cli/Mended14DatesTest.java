package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Number 14: time passes in a table, or the table is refused: order, doubles, and dates that cannot be read.
final class Mended14DatesTest extends ModelFile {

    /// Rows with these dates, from line 2 on.
    private Path table(String name, List<String> dates) throws Exception {
        StringBuilder text = new StringBuilder("t,v\n");
        for (int row = 0; row < dates.size(); row++)
            text.append('"').append(dates.get(row)).append("\",").append(row % 7).append('\n');
        return Tables.write(folder.resolve(name), text.toString());
    }

    private Object[] training(Path data, Object... more) {
        List<Object> args = new ArrayList<>(
                List.of("train", data, "--target", "v", "--date", "t", "--window", 4, "--layers",
                        2, "--epochs", 1, "--quiet", "--out", model));
        args.addAll(List.of(more));
        return args.toArray();
    }

    private static List<String> each(int rows, IntFunction<String> date) {
        List<String> dates = new ArrayList<>();
        for (int row = 0; row < rows; row++)
            dates.add(date.apply(row));
        return dates;
    }

    private static List<String> days(int rows) {
        return each(rows, row -> LocalDate.of(2024, 1, 1).plusDays(row).toString());
    }

    @Test
    void newestFirstIsRefusedAndSortedOnRequest() throws Exception {
        List<String> lines = Files.readAllLines(Tables.waves(folder, 60));
        Path right = Tables.write(folder.resolve("right.csv"), String.join("\n", lines) + "\n");
        List<String> backwards = new ArrayList<>(lines.subList(1, lines.size()));
        Collections.reverse(backwards);
        backwards.addFirst(lines.getFirst());
        Path wrong = Tables.write(folder.resolve("wrong.csv"), String.join("\n", backwards) + "\n");
        Object[] args = Cli.args("train", wrong, "--target", "wave", "--columns", "wave", "--date", "day", "--window",
                4,
                "--layers", 2, "--epochs", 2, "--quiet", "--out", model);
        Cli.refused(args, "wrong.csv line 3, column 'day'", "'2020-02-28' is before '2020-02-29' in line 2", "--sort");
        assertFalse(Files.exists(model));

        List<Object> sorted = new ArrayList<>(List.of(args));
        sorted.add("--sort");
        Cli.ok(sorted.toArray());
        byte[] fromWrong = weights();
        args[1] = right;
        Cli.ok(args);
        assertArrayEquals(weights(), fromWrong, "the same model as from the table in order");

        Path next = folder.resolve("next.csv");
        Cli.refused(Cli.args("predict", model, "--input", wrong, "--output", next), "--sort");
        Cli.refused(Cli.args("evaluate", model, wrong), "--sort");
        Cli.refused(Cli.args("plot", model, "--data", wrong, "--out", folder.resolve("p.png")), "--sort");
        Cli.ok("predict", model, "--input", wrong, "--output", next, "--sort", "--quiet");
        assertTrue(Files.readAllLines(next).get(1).startsWith("2020-02-29,"), Files.readString(next));
        assertEquals(Cli.ok("evaluate", model, right, "--json").json(),
                Cli.ok("evaluate", model, wrong, "--sort", "--json").json());
        Cli.ok("plot", model, "--data", wrong, "--sort", "--out", folder.resolve("p.png"));
    }

    /// What `predict` makes of one window, whatever else the file says.
    private byte[] weights() throws Exception {
        Path out = folder.resolve("weights.npy");
        Cli.ok("predict", model, "--input", folder.resolve("right.csv"), "--output", out, "--all", "--quiet");
        return Files.readAllBytes(out);
    }

    /// A model trained on a table that had to be sorted sorts the next one too, and says nothing of it.
    @Test
    void sortingIsRemembered() throws Exception {
        List<String> dates = days(40);
        Collections.shuffle(dates, new Random(3));
        Path data = table("shuffled.csv", dates);
        Cli.refused(training(data), "is before", "--sort");
        Cli.ok(training(data, "--sort"));
        Cli.ok("evaluate", model, data, "--quiet");
    }

    @Test
    void oneRowOutOfPlaceIsNamed() throws Exception {
        List<String> dates = days(40);
        Collections.swap(dates, 20, 21);
        Cli.refused(training(table("swapped.csv", dates)), "swapped.csv line 23", "'2024-01-21' is before '2024-01-22'",
                "line 22");
    }

    @Test
    void doublesAreRefusedEvenWhenSorted() throws Exception {
        List<String> dates = days(40);
        dates.set(21, dates.get(20));
        Path data = table("double.csv", dates);
        Cli.refused(training(data), "double.csv line 23, column 't': '2024-01-21' is the date of line 22 too",
                "keep one");
        Collections.swap(dates, 21, 35);
        data = table("apart.csv", dates);
        Cli.refused(training(data, "--sort"), "apart.csv line 37", "is the date of line 22 too");
        List<String> panel = new ArrayList<>();
        days(20).forEach(day -> panel.addAll(List.of(day, day)));
        Cli.refused(training(table("panel.csv", panel)), "line 3", "line 2 too", "one series");
    }

    @Test
    void theSameInstantWrittenInTwoWaysIsDouble() throws Exception {
        List<String> dates = each(40, row -> "2024-03-%02dT%02d:00+01:00".formatted(1 + row / 24, row % 24));
        dates.set(11, "2024-03-01T11:00+02:00");
        Cli.refused(training(table("offsets.csv", dates)), "line 13", "is the date of line 12 too");
    }

    /// On the night clocks are set back an hour comes twice: only its offset tells the two apart.
    @Test
    void clocksSetBack() throws Exception {
        List<String> local = each(48,
                row -> "2024-10-27T%02d:00".formatted(row < 3 ? row : row - 1).replace("T24", "T23"));
        local = new ArrayList<>(local.subList(0, 24));
        Cli.refused(training(table("local.csv", local)), "line 5", "2024-10-27T02:00", "offset", "+01:00");
        List<String> offset = each(24,
                row -> "2024-10-27T%02d:00%s".formatted(row < 3 ? row : row - 1, row < 3 ? "+02:00" : "+01:00"));
        assertEquals(0, holes(Cli.ok(training(table("offset.csv", offset), "--json"))));
    }

    private static int holes(Cli cli) throws Exception {
        return cli.json().get("holes").get("count").asInt();
    }

    static Stream<Arguments> forms() {
        LocalDate first = LocalDate.of(2024, 1, 1);
        return Stream.of(
                form("1 day", row -> first.plusDays(row).toString()),
                form("1 day", row -> first.plusDays(row).toString().replace("-0", "-")),
                form("1 day", row -> first.plusDays(row).toString().replace('-', '/')),
                form("1 day", row -> first.plusDays(row).toString().replace("-", "")),
                form("1 day",
                        row -> java.time.format.DateTimeFormatter.ofPattern("d.M.uuuu").format(first.plusDays(row))),
                form("1 day",
                        row -> java.time.format.DateTimeFormatter.ofPattern("M/d/uuuu").format(first.plusDays(row))),
                form("1 day",
                        row -> java.time.format.DateTimeFormatter.ofPattern("dd/MM/uuuu").format(first.plusDays(row))),
                form("1 day",
                        row -> java.time.format.DateTimeFormatter.ofPattern("d-MMM-uuuu", java.util.Locale.ENGLISH)
                                .format(first.plusDays(row))),
                form("1 day",
                        row -> java.time.format.DateTimeFormatter.ofPattern("MMMM d, uuuu", java.util.Locale.ENGLISH)
                                .format(first.plusDays(row))),
                form("1 hour", row -> first.plusDays(row / 24) + " %02d:00".formatted(row % 24)),
                form("1 hour", row -> first.plusDays(row / 24) + "T%02d:00:00.000".formatted(row % 24)),
                form("1 hour", row -> first.plusDays(row / 24) + "T%02d:00:00Z".formatted(row % 24)),
                form("1 hour", row -> first.plusDays(row / 24) + " %02d:00:00+0530".formatted(row % 24)),
                form("1 hour", row -> first.plusDays(row / 24) + " %02d:00:00.5+05".formatted(row % 24)),
                form("1 hour", row -> first.plusDays(row / 24) + " %02d:00 UTC".formatted(row % 24)),
                form("1 hour",
                        row -> first.plusDays(row / 24) + "T%02d:00+01:00[Europe/Berlin]".formatted(row % 24)),
                form("1 hour", row -> "1/%d/2024 %d:00 %s".formatted(13 + row / 24, row % 12 == 0 ? 12 : row % 12,
                        row % 24 < 12 ? "AM" : "PM")),
                form("31 days", row -> first.plusMonths(row).toString().substring(0, 7)),
                form("31 days", row -> first.plusMonths(row).toString().substring(0, 7).replace("-", "")),
                form("31 days",
                        row -> java.time.format.DateTimeFormatter.ofPattern("MMM uuuu", java.util.Locale.ENGLISH)
                                .format(first.plusMonths(row))),
                form("91 days", row -> (1990 + row / 4) + "-Q" + (1 + row % 4)),
                form("7 days", row -> "2024-W%02d".formatted(1 + row)),
                form("1", row -> Integer.toString(1900 + row)),
                form("3600", row -> Long.toString(1_700_000_000L + 3600L * row)),
                form("250", row -> Long.toString(1_700_000_000_000_000_000L + 250L * row)),
                form("0.08333", row -> Double.toString(1958 + row / 12.0)));
    }

    private static Arguments form(String step, IntFunction<String> date) {
        return Arguments.of(step, each(40, date));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void datesAsPeopleWriteThem(String step, List<String> dates) throws Exception {
        Path data = table("forms.csv", dates);
        Cli cli = Cli.ok(training(data, "--json"));
        assertEquals(0, holes(cli), cli.out());
        assertEquals(step, cli.json().get("holes").get("usual_step").asText());
        Collections.swap(dates, 20, 21);
        Cli.refused(training(table("forms.csv", dates)), "line 23", "is before", "--sort");
    }

    @Test
    void datesThatCannotBeRead() throws Exception {
        Cli.refused(training(table("words.csv", each(40, row -> "week " + row))), "words.csv line 2, column 't'",
                "'week 0'",
                "neither a date nor a number", "2024-01-31");
        List<String> dates = days(40);
        dates.set(30, "2024-02-30");
        Cli.refused(training(table("wrong.csv", dates)), "wrong.csv line 32",
                "'2024-02-30' is not a date like those above it",
                "'2024-01-30' in line 31");
        dates.set(30, "");
        Cli.refused(training(table("empty.csv", dates)), "empty.csv line 32", "there is no date");
        dates.set(30, "2024-01-31T00:00+01:00");
        Cli.refused(training(table("mixed.csv", dates)), "mixed.csv line 32", "is not a date like");
        dates.set(0, "n/a");
        Cli.refused(training(table("first.csv", dates)), "first.csv line 2", "'n/a'");
        Cli.refused(training(table("ambiguous.csv", each(12, row -> "%02d/01/2024".formatted(row + 1)))),
                "ambiguous.csv line 3", "'02/01/2024' may be month or day first");
    }

    @Test
    void quotedLineBreaksDoNotMoveTheLine() throws Exception {
        StringBuilder text = new StringBuilder(
                "t,v,note\n2024-01-01,1,\"two\nlines\"\n\n2024-01-03,1,x\n2024-01-02,1,x\n");
        Path data = Tables.write(folder.resolve("quoted.csv"), text.toString());
        Cli.refused(training(data, "--columns", "v"), "quoted.csv line 6", "'2024-01-03' in line 5");
    }

    @Test
    void optionsThatNeedDates() throws Exception {
        Path data = table("days.csv", days(40));
        Object[] args = Cli.args("train", data, "--target", "v", "--columns", "v", "--out", model);
        Cli.refused(Stream.concat(Stream.of(args), Stream.of("--sort")).toArray(), "--sort", "--date");
        Cli.refused(Stream.concat(Stream.of(args), Stream.of("--max-step", "4d")).toArray(), "--max-step", "--date");
        Cli.refused(training(data, "--max-step", "4"), "--max-step has no unit", "4d");
        Cli.refused(training(data, "--max-step", "soon"), "--max-step soon", "36h");
        Cli.refused(training(table("years.csv", each(40, row -> "" + (1900 + row))), "--max-step", "4d"),
                "the dates in 't' are numbers");
    }
}
