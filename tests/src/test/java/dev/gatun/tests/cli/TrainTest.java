package dev.gatun.tests.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.memory.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `gatun train` and what follows it: predict, evaluate, plot.
final class TrainTest extends ModelFile {

    private Path data;

    @BeforeEach
    void table() throws Exception {
        data = Tables.waves(folder, 160);
    }

    private Object[] training(Object... more) {
        Object[] common = Cli.args("train", data, "--columns", "wave,echo", "--date", "day", "--window", 8, "--layers",
                "8", "--epochs", 3, "--out", model);
        Object[] all = java.util.Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    @Test
    void trainPredictEvaluatePlot() throws Exception {
        Path plots = folder.resolve("plots");
        JsonNode trained = Cli.ok(training("--target", "wave", "--plot", plots, "--json", "--quiet")).json();
        Cli.assertPng(plots.resolve("forecast.png"));
        Cli.assertPng(plots.resolve("loss.png"));
        assertEquals(32, trained.get("windows").asInt());

        JsonNode again = Cli.ok("evaluate", model, data, "--json").json();
        assertEquals(trained.get("scores"), again.get("scores"), "the same table, the same held-out rows");

        Path next = folder.resolve("next.csv");
        Cli.ok("predict", model, "--input", data, "--output", next, "--quiet");
        List<String> lines = Files.readAllLines(next);
        assertEquals("after_day,step,wave", lines.get(0));
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).startsWith("2020-06-08,1,"), lines.get(1));

        Path all = folder.resolve("all.csv");
        Cli.ok("predict", model, "--input", data, "--output", all, "--all", "--quiet");
        assertEquals(1 + 160 - 8 + 1, Files.readAllLines(all).size());
        assertEquals(lines.get(1), Files.readAllLines(all).getLast());

        Path npy = folder.resolve("all.npy");
        Cli.ok("predict", model, "--input", data, "--output", npy, "--all");
        Tensor tensor = Npy.read(npy);
        assertArrayEquals(new long[] {153, 1, 1}, tensor.shape().toArray());
        assertEquals(Float.parseFloat(lines.get(1).split(",")[2]), tensor.get(152, 0, 0));

        Path picture = folder.resolve("p.png");
        Cli.ok("plot", model, "--data", data, "--out", picture);
        Cli.assertPng(picture);
        Path dot = folder.resolve("p.dot");
        Cli.ok("plot", model, "--out", dot);
        assertTrue(Files.readString(dot).startsWith("digraph"));
    }

    @Test
    void severalTargetsAndSteps() throws Exception {
        JsonNode json = Cli.ok(training("--target", "wave,echo", "--horizon", 4, "--json")).json();
        assertEquals(6, json.get("scores").size());
        Path next = folder.resolve("next.csv");
        Cli.ok("predict", model, "--input", data, "--output", next);
        List<String> lines = Files.readAllLines(next);
        assertEquals("after_day,step,wave,echo", lines.get(0));
        assertEquals(5, lines.size());
        // A table without the target's or the date's column is enough where the model does not see them.
        JsonNode bare = Cli.ok("evaluate", model, data, "--last", 0.5, "--all", "--json").json();
        assertEquals(81, bare.get("first_row").asInt());
        assertEquals(4,
                Cli.ok("evaluate", model, Tables.waves(Files.createDirectory(folder.resolve("other")), 30), "--all",
                        "--json").json().get("scores").size(),
                "no autoregression without earlier rows");
    }

    @Test
    void learnsToBeatPersistence() throws Exception {
        JsonNode scores = Cli
                .ok("train", data, "--columns", "wave", "--target", "wave", "--window", 8, "--layers", "16",
                        "--epochs", 60, "--learning-rate", 0.01, "--batch", 16, "--out", model, "--json", "--quiet")
                .json()
                .get("scores");
        assertTrue(scores.get(0).get("rmse").asDouble() < 0.5 * scores.get(1).get("rmse").asDouble(),
                scores.toString());
    }

    /// Every kind of layer goes into the file and comes out of it.
    @Test
    void layersOfEveryKind() throws Exception {
        Cli.ok("train", data, "--columns", "wave", "--target", "wave", "--window", 4, "--layers",
                "bi-lstm:3,GRU:4, rnn:5,bi-rnn:2,bi-gru:3,6", "--epochs", 1, "--dropout", 0.1, "--out", model,
                "--quiet");
        String summary = Cli.ok("summary", model).out();
        for (String kind : List.of("Bidirectional", "GRU", "SimpleRNN", "LSTM")) {
            assertTrue(summary.contains("(" + kind + ")"), summary);
        }
        assertTrue(Cli.ok("evaluate", model, data, "--json").json().get("scores").size() > 0);
    }

    /// A line that climbs out of everything seen in training: levels cannot follow it, changes can.
    @Test
    void relativeFollowsATrend() throws Exception {
        StringBuilder text = new StringBuilder("climb,other\n");
        for (int row = 0; row < 200; row++)
            text.append(row * 2 + 3 * Math.sin(row)).append(',').append(row % 5).append('\n');
        data = Tables.write(folder.resolve("climb.csv"), text.toString());
        JsonNode scores = Cli
                .ok("train", data, "--target", "climb", "--columns", "climb,other", "--window", 8, "--layers",
                        "16", "--epochs", 30, "--learning-rate", 0.01, "--relative", "--out", model, "--json",
                        "--quiet")
                .json()
                .get("scores");
        assertTrue(scores.get(0).get("rmse").asDouble() < 0.7 * scores.get(1).get("rmse").asDouble(),
                scores.toString());
        assertEquals(scores, Cli.ok("evaluate", model, data, "--json").json().get("scores"));
        Path next = folder.resolve("next.csv");
        Cli.ok("predict", model, "--input", data, "--output", next, "--quiet");
        double forecast = Double.parseDouble(Files.readAllLines(next).get(1).split(",")[2]);
        assertEquals(400 + 3 * Math.sin(200), forecast, 3, "the row after the last");
    }

    @Test
    void refitTrainsOnTheValidationRowsToo() throws Exception {
        Cli.ok(training("--target", "wave", "--quiet"));
        byte[] without = Files.readAllBytes(model);
        JsonNode json = Cli.ok(training("--target", "wave", "--refit", "--quiet", "--json")).json();
        assertTrue(json.get("best_epoch").asInt() <= 3);
        assertFalse(java.util.Arrays.equals(without, Files.readAllBytes(model)));
    }

    @Test
    void theSameBytesTwice() throws Exception {
        Cli.ok(training("--target", "wave", "--dropout", 0.2, "--threads", 1, "--quiet"));
        byte[] first = Files.readAllBytes(model);
        Cli.ok(training("--target", "wave", "--dropout", 0.2, "--threads", 2, "--quiet"));
        assertArrayEquals(first, Files.readAllBytes(model));
    }

    @Test
    void missingValues() throws Exception {
        String text = Files.readString(data);
        List<String> lines = text.lines().toList();
        String broken = lines.get(99).replaceFirst(",[^,]*,", ",,");
        data = Tables.write(folder.resolve("gaps.csv"), text.replace(lines.get(99), broken));
        Cli.refused(training("--target", "wave"), "gaps.csv line 100", "'wave'", "--missing drop");
        assertFalse(Files.exists(model));

        Cli interpolated = Cli.ok(training("--target", "wave", "--missing", "interpolate", "--quiet", "--json"));
        assertEquals(32, interpolated.json().get("windows").asInt());
        Cli.ok(training("--target", "wave", "--missing", "drop", "--quiet"));
        Path all = folder.resolve("all.csv");
        Cli.ok("predict", model, "--input", data, "--output", all, "--all", "--quiet");
        assertEquals(1 + 153 - 8, Files.readAllLines(all).size(), "the eight windows that touch the gap are left out");
    }

    @Test
    void dropRefusesToForecastFromAGap() throws Exception {
        Cli.ok(training("--target", "wave", "--missing", "drop", "--quiet"));
        String text = Files.readString(data);
        Path cut = Tables.write(folder.resolve("cut.csv"), text.stripTrailing() + "\n2020-06-09,,5,n\n");
        Path next = folder.resolve("next.csv");
        Cli.refused(Cli.args("predict", model, "--input", cut, "--output", next), "one of the last 8 rows",
                "--missing interpolate");
        assertFalse(Files.exists(next));
        Cli.ok("predict", model, "--input", cut, "--output", next, "--missing", "interpolate");
    }

    @Test
    void withoutValidationAndTest() throws Exception {
        JsonNode json = Cli.ok(training("--target", "wave", "--validation", 0, "--test", 0, "--json", "--quiet"))
                .json();
        assertEquals(3, json.get("best_epoch").asInt());
        assertFalse(json.has("scores"));
        Cli.ok("plot", model, "--out", folder.resolve("loss.png"));
    }
}
