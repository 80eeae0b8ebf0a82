package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.layers.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Number 14: `gatun evaluate` leaves out the rows a model was trained on, and says so.
final class Mended14SeenRowsTest extends ModelFile {

    private static final int SEEN = 128; // of 160, with the last fifth held out

    private Path data;
    private JsonNode trained;

    @BeforeEach
    void firstTraining() throws Exception {
        data = Tables.waves(folder, 160);
        trained = train("--date", "day");
    }

    private JsonNode train(Object... more) throws Exception {
        List<Object> args = new ArrayList<>(
                List.of("train", data, "--target", "wave", "--columns", "wave", "--window", 8,
                        "--layers", 2, "--epochs", 1, "--quiet", "--json", "--out", model));
        args.addAll(List.of(more));
        return Cli.ok(args.toArray()).json();
    }

    private JsonNode json(Object... args) throws Exception {
        List<Object> all = new ArrayList<>(List.of("evaluate", model, "--json"));
        all.addAll(List.of(args));
        return Cli.ok(all.toArray()).json();
    }

    private Path lines(String name, int from, int to) throws Exception {
        List<String> lines = Files.readAllLines(Tables.waves(Files.createDirectories(folder.resolve("more")), 400));
        List<String> some = new ArrayList<>(lines.subList(from + 1, to + 1));
        some.addFirst(lines.getFirst());
        return Tables.write(folder.resolve(name), String.join("\n", some) + "\n");
    }

    private static void assertRows(JsonNode json, boolean isKnown, int leftOut, int scored, int windows) {
        assertEquals(isKnown, json.get("training_rows_known").asBoolean(), json.toString());
        assertEquals(leftOut, json.get("training_rows_left_out").asInt(), json.toString());
        assertEquals(scored, json.get("training_rows_scored").asInt(), json.toString());
        assertEquals(windows, json.get("windows").asInt(), json.toString());
    }

    @Test
    void theTableOfTheTraining() throws Exception {
        JsonNode json = json(data);
        assertRows(json, true, SEEN, 0, 32);
        assertEquals("2020-05-07", json.get("trained_until").asText());
        assertEquals(trained.get("scores"), json.get("scores"));
        String out = Cli.ok("evaluate", model, data).out();
        assertTrue(out.contains("Left out: rows up to '2020-05-07' (128)") && out.contains("--all"), out);
    }

    /// The same table a month later, and a stretch of it that begins in the middle: dates tell.
    @Test
    void aTableThatHasGrownOrBeginsElsewhere() throws Exception {
        assertRows(json(lines("grown.csv", 0, 190)), true, SEEN, 0, 62);
        assertRows(json(lines("later.csv", 100, 190)), true, 28, 0, 62);
        assertRows(json(lines("new.csv", 200, 260)), true, 0, 0, 52);
        assertTrue(
                Cli.ok("evaluate", model, folder.resolve("new.csv")).out().contains("No row is from before the end"));
    }

    @Test
    void aTableThatEndsBeforeTheTrainingDid() throws Exception {
        Path early = lines("early.csv", 0, 100);
        Cli.refused(Cli.args("evaluate", model, early), "early.csv: it ends at '2020-04-09'", "trained on", "--all");
        assertRows(json(early, "--all"), true, 0, 92, 92);
        Cli.refused(Cli.args("evaluate", model, lines("just.csv", 0, SEEN)), "it ends at '2020-05-07'");
    }

    @Test
    void allRowsOnRequestAndInWords() throws Exception {
        assertRows(json(data, "--all"), true, 0, 120, 152);
        String out = Cli.ok("evaluate", model, data, "--all").out();
        assertTrue(out.contains("120 of them are scored: the error is better than that of a forecast"), out);
    }

    @Test
    void theLastShareIsOfTheTableButNotOfTheTraining() throws Exception {
        JsonNode half = json(data, "--last", 0.5);
        assertRows(half, true, SEEN, 0, 32);
        assertEquals(SEEN + 1, half.get("first_row").asInt());
        JsonNode tenth = json(data, "--last", 0.1);
        assertEquals(145, tenth.get("first_row").asInt());
        assertEquals(81, json(data, "--last", 0.5, "--all").get("first_row").asInt());
    }

    @Test
    void withoutDatesTheRowsThemselvesAreKnownAgain() throws Exception {
        train();
        assertRows(json(data), true, SEEN, 0, 32);
        assertRows(json(lines("grown.csv", 0, 190)), true, SEEN, 0, 62);
        Path other = lines("other.csv", 1, 161);
        assertRows(json(other), false, 0, 0, 152);
        String out = Cli.ok("evaluate", model, other).out();
        assertTrue(out.contains("nothing is known of the rows") && out.contains("does not begin as"), out);
    }

    @Test
    void theDateColumnMayBeGoneFromTheTable() throws Exception {
        String text = String.join("\n",
                Files.readAllLines(data).stream().map(line -> line.substring(line.indexOf(',') + 1))
                        .toList());
        Path bare = Tables.write(folder.resolve("bare.csv"), text + "\n");
        assertRows(json(bare), true, SEEN, 0, 32);
        Cli.refused(Cli.args("evaluate", model, bare, "--sort"), "no column 'day'");
    }

    @Test
    void aModelTrainedOnEveryRow() throws Exception {
        train("--date", "day", "--test", 0);
        Cli.refused(Cli.args("evaluate", model, data), "trained on all rows up to there", "--all");
        assertRows(json(data, "--all"), true, 0, 152, 152);
    }

    @Test
    void filesOfBeforeStillWork() throws Exception {
        try (Model made = Model.load(model)) {
            assertEquals(Set.of("gatun.forecast", "gatun.curve", "gatun.seen"), made.metadata().keySet());
        }
        Path old = folder.resolve("old.gatun");
        age(old);
        assertRows(Cli.ok("evaluate", old, data, "--json").json(), true, SEEN, 0, 32);
        Path grown = lines("grown.csv", 0, 190);
        JsonNode json = Cli.ok("evaluate", old, grown, "--json").json();
        assertRows(json, false, 0, 0, 182);
        assertTrue(json.get("trained_until").isNull());
        String out = Cli.ok("evaluate", old, grown).out();
        assertTrue(out.contains("nothing is known of the rows that the model was trained on (its file does not say)"),
                out);
        Cli.ok("predict", old, "--input", data, "--output", folder.resolve("y.csv"), "--quiet");
    }

    /// A file as it was written before: it knows the whole table or nothing of it, and its recipe knows no rhythm.
    private void age(Path old) throws Exception {
        try (Model made = Model.load(model)) {
            made.metadata().remove("gatun.seen");
            made.metadata().put("gatun.origin", "160-9c45844f 128");
            made.metadata().computeIfPresent("gatun.forecast",
                    (name, text) -> text.replaceAll(",\"sorted\":false,\"rhythm\":\"[^\"]*\"", ""));
            assertFalse(made.metadata().get("gatun.forecast").contains("rhythm"));
            made.save(old);
        }
    }

    @Test
    void damagedMetadataIsOneSentence() throws Exception {
        for (String damage : List.of("", "{", "[]", "{\"rows\":-1,\"kind\":\"local\",\"until\":\"x\"}",
                "{\"kind\":\"moon\",\"until\":\"1\"}")) {
            Path broken = folder.resolve("broken.gatun");
            try (Model made = Model.load(model)) {
                made.metadata().put("gatun.seen", damage);
                made.save(broken);
            }
            Cli cli = Cli.run("evaluate", broken, data, "--quiet");
            assertFalse(cli.err().contains("internal error"), damage + ": " + cli.err());
        }
        for (String damage : List.of("", "local", "local 1 x", "moon 1 1", "local NaN NaN", "local 1 1 0 0 ff",
                "local 86400 1 86400 0 " + "f".repeat(999), "local 86400 1 86400 0 xyz")) {
            Path broken = folder.resolve("broken.gatun");
            try (Model made = Model.load(model)) {
                made.metadata().computeIfPresent("gatun.forecast",
                        (name, text) -> text.replaceAll("\"rhythm\":\"[^\"]*\"", "\"rhythm\":\"" + damage + "\""));
                made.save(broken);
            }
            Cli.refused(Cli.args("evaluate", broken, data, "--quiet"), "damaged", "train the model again");
        }
    }

    @Test
    void otherModelsKnowNoTable() throws Exception {
        Path raw = folder.resolve("raw.gatun");
        try (Model made = Model.load(model)) {
            made.metadata().clear();
            made.save(raw);
        }
        Cli.refused(Cli.args("evaluate", raw, data, "--all"), "--all is for models made by 'gatun train'");
    }
}
