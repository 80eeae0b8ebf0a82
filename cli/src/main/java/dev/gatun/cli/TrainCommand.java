package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.data.RowRules;
import dev.gatun.cli.data.Table;
import dev.gatun.cli.data.TableSeries;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.ForecastTraining;
import dev.gatun.cli.forecast.ScoreTable;
import dev.gatun.cli.forecast.Settings;
import dev.gatun.cli.plot.ForecastPicture;
import dev.gatun.cli.plot.Hindcast;
import dev.gatun.cli.plot.LossPicture;
import dev.gatun.data.Score;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.DivergenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun train}: a forecaster for a user's own table. */
@Command(name = "train", sortOptions = false, header = "Trains a stacked LSTM to forecast columns of your table.", description = {
    "DATA.csv has a line of column names, then one row per time step, oldest first. The rows are split by "
            + "time: training, then validation (chooses the best epoch), then test (looked at once, at the "
            + "end). Columns are standardised with the training rows' mean and deviation, which are saved in "
            + "the model, so that 'gatun predict' speaks the table's units.",
    "The error on the test rows stands beside persistence and a linear autoregression on the same window: "
            + "a model that does not beat them is not worth its weights.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun train sales.csv --target units --date day --window 28 --out sales.gatun",
        "  gatun train ETTh1.csv --target OT --date date --window 48 --horizon 24 --layers 64,32",
        "  gatun train co2.csv --target co2 --date date --missing interpolate --relative --window 52"})
final class TrainCommand extends ComputingCommand {

    @Parameters(paramLabel = "DATA.csv", description = "The table.")
    private Path data;

    @Option(names = "--target", required = true, split = ",", paramLabel = "COL", description = "Column to forecast; several with commas between.")
    private List<String> targets;

    @Option(names = "--columns", split = ",", paramLabel = "COL", description = "Columns the model sees (default: all but the date).")
    private List<String> columns;

    @Option(names = "--date", paramLabel = "COL", description = "Column that says when a row is, oldest first: checked for order, doubles and holes; not an input.")
    private String date;

    @Mixin
    private RowOptions rows;

    @Mixin
    private TrainingOptions training;

    @Option(names = "--out", paramLabel = "FILE", description = "Model file (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("model.gatun");

    @Option(names = "--plot", paramLabel = "DIR", description = "Also write forecast.png and loss.png there.")
    private Path plot;

    @Mixin
    private PictureOptions pictures;

    @Override
    void run() throws IOException {
        Console console = console();
        Settings settings = training.settings(threads());
        RowRules rules = rows.forTraining(date);
        requireSound();
        pictures.require(plot != null, "there is no picture to write; say where with --plot DIR");
        if (!String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gatun")) {
            throw new WrongCall("--out " + out + ": the name of a model must end in .gatun");
        }
        Target.plainFile("--out", out);
        Target.apart("--out", out, data);
        if (plot != null) {
            Target.folder("--plot", plot, pictureNames());
        }
        ForecastTraining work = work(CsvFile.table(data), rules, settings);
        console.tell(data + ", forecasting " + String.join(", ", targets) + " from "
                + String.join(", ", work.recipe().spec().inputs()));
        console.tell(work.describe());
        HoleReport.tell(console, work.windows().series(), work.windows().broken(work.recipe().spec().horizon()));
        try (Model model = work.build()) {
            console.tell(System.lineSeparator() + model.summaryText().stripTrailing() + System.lineSeparator());
            Curve curve = curve(console, work, model);
            console.tell("Best epoch: " + curve.bestEpoch() + " of " + curve.loss().length);
            save(model);
            finish(console, work, model, curve);
        }
    }

    /** Of the columns, what no table could make right. */
    private void requireSound() {
        if (targets.contains(date)) {
            throw new WrongCall("--target " + date + " is the --date column; forecast another column");
        }
        once("--target", targets);
        once("--columns", columns == null ? List.of() : columns);
    }

    private ForecastTraining work(Table table, RowRules rules, Settings settings) {
        targets.forEach(table::column);
        if (date != null) {
            table.column(date);
        }
        List<String> inputs = columns == null ? new ArrayList<>(table.columns()) : columns;
        if (columns == null) {
            inputs.remove(date);
        }
        List<String> all = new ArrayList<>(inputs);
        targets.stream().filter(target -> !all.contains(target)).forEach(all::add);
        return new ForecastTraining(TableSeries.of(table, all, rules), inputs, targets, rules, settings);
    }

    /** What Java's users are told names methods that nobody can call from here. */
    private Curve curve(Console console, ForecastTraining work, Model model) {
        try {
            return work.run(model, console);
        } catch (DivergenceException diverged) {
            throw new Refusal("The training diverged in epoch " + (diverged.history().size() + 1)
                    + " (the loss or a weight became NaN or infinite), and no model was written; give a --learning-rate "
                    + "below " + training.learningRate() + ", or look for outliers in " + data);
        }
    }

    /** The folder was tried, but an hour may have passed since: what was learned is kept somewhere in any case. */
    private void save(Model model) throws IOException {
        try {
            model.save(out);
        } catch (IOException failed) {
            Path kept = Files.createTempFile("gatun-", ".gatun");
            model.save(kept);
            throw new Refusal("--out " + out + " could be written before the training but not after it ("
                    + failed.getMessage() + "); the trained model is in " + kept + ", move it where you want it");
        }
    }

    private List<String> pictureNames() {
        List<String> names = new ArrayList<>(List.of("loss.png"));
        for (int i = 0; i < targets.size(); i++) {
            names.add(picture(i));
        }
        return pictures.names(names);
    }

    private static String picture(int target) {
        return target == 0 ? "forecast.png" : "forecast-" + (target + 1) + ".png";
    }

    private static void once(String option, List<String> names) {
        if (names.stream().distinct().count() < names.size()) {
            throw new WrongCall(option + " names a column twice: " + String.join(",", names));
        }
    }

    private void finish(Console console, ForecastTraining work, Model model, Curve curve) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", out.toString());
        json.put("parameters", model.parameterCount());
        json.put("epochs", curve.loss().length);
        json.put("best_epoch", curve.bestEpoch());
        json.put("windows", work.testStarts().length);
        HoleReport.put(json, work.windows().series());
        if (work.testStarts().length > 0) {
            List<Score> scores = work.scores(model);
            console.result(System.lineSeparator() + "Error on the held-out rows (" + work.testStarts().length
                    + " windows), in the table's units:");
            console.result(ScoreTable.text(scores));
            if (scores.stream().noneMatch(score -> score.by().equals("linear autoregression"))) {
                console.result("  (no autoregression: fewer than two windows for each number of a window)");
            }
            ScoreTable.beaten(scores).forEach(target -> console.remark("Note: on '" + target
                    + "' the LSTM does not beat "
                    + "persistence. Try --relative if the column has a trend or drifts, another window, or more "
                    + "epochs."));
            json.put("scores", ScoreTable.plain(scores));
        }
        console.result("Saved " + out + " (" + Files.size(out) + " bytes)");
        if (plot != null) {
            draw(console, work, model, curve);
        }
        console.json(json);
    }

    private void draw(Console console, ForecastTraining work, Model model, Curve curve) throws IOException {
        Files.createDirectories(plot);
        pictures.write(LossPicture.of(curve, targets), plot.resolve("loss.png"));
        if (work.testStarts().length > 0) {
            Hindcast hindcast = Hindcast.heldOut(work.windows(), work.split().testAt(), model);
            for (int i = 0; i < targets.size(); i++) {
                pictures.write(ForecastPicture.of(hindcast, i), plot.resolve(picture(i)));
            }
        }
        console.result("Pictures in " + plot);
    }
}
