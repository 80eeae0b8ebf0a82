package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.forecast.ModelForecast;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.cli.forecast.ScoreTable;
import dev.gatun.cli.forecast.SeenRows;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.cli.tensors.RawTable;
import dev.gatun.data.Forecast;
import dev.gatun.data.LinearAutoregression;
import dev.gatun.data.Persistence;
import dev.gatun.data.Score;
import dev.gatun.data.Series;
import dev.gatun.data.Windows;
import dev.gatun.formats.Imported;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
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

/** {@code gatun evaluate}: a model's error on a table. */
@Command(name = "evaluate", sortOptions = false, header = "Measures a model's error on a table.", description = {
    "A model made by 'gatun train' takes a table with its columns. Rows up to the last date of its training are "
            + "left out, --all scores them too; without dates they are known again if the table begins as that of "
            + "the training. Persistence stands beside the model, and a linear autoregression if there are earlier "
            + "rows to fit it on.",
    "Any other model with one input and one output takes a .csv whose lines hold a sample's numbers, then its "
            + "target's numbers.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun evaluate sales.gatun sales.csv",
        "  gatun evaluate sales.gatun next_year.csv --last 0.5 --json"})
final class EvaluateCommand extends ComputingCommand {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @Parameters(index = "1", paramLabel = "DATA.csv", description = "The table.")
    private Path data;

    @Option(names = "--last", paramLabel = "SHARE", description = "Only the last share of the rows.")
    private Double last;

    @Option(names = "--all", description = "Score rows of the training too; the error is then better than that of a forecast.")
    private boolean all;

    @Mixin
    private RowOptions rows;

    @Override
    void run() throws IOException {
        if (last != null) {
            Bounds.positive("--last", last);
            if (last > 1) {
                throw new WrongCall("--last is a share: above 0 and at most 1, got " + last + "; for 20 % give 0.2");
            }
        }
        int threads = threads();
        try (Imported imported = RunnableModel.layers(file, "its error on a table cannot be measured")) {
            tellNotes(imported.report().notesToPredict());
            Model model = imported.model().threads(threads);
            if (model.metadata().containsKey(Recipe.KEY)) {
                table(model);
            } else {
                raw(model);
            }
        }
    }

    private void table(Model model) throws IOException {
        Recipe recipe = ForecastTable.recipe(file, model, "give tensors");
        Series series = ForecastTable.read(data, recipe, recipe.spec().columns(), rows);
        Windows windows = new Windows(series, recipe.spec());
        SeenRows.InTable seen = SeenRows.in(model.metadata(), series);
        int from = from(seen, series);
        int[] starts = windows.scored(from, series.rows());
        if (starts.length == 0) {
            throw new Refusal(data + ": " + (series.rows() - from) + " rows to score of " + series.rows()
                    + " hold no complete window of " + recipe.spec().window() + " and a horizon of "
                    + recipe.spec().horizon()
                    + (series.timeline().holes().count() > 0 ? " without a hole" : "") + "; give more rows"
                    + (seen.end() > 0 && !all ? ", or --all to score those of the training" : ""));
        }
        List<Forecast> forecasts = new ArrayList<>(List.of(ModelForecast.of(model), new Persistence()));
        LinearAutoregression.fitted(windows, windows.scored(0, from)).ifPresent(forecasts::add);
        List<Score> scores = Score.of(windows, starts, forecasts);
        Console console = console();
        int first = starts[0] + recipe.spec().window();
        console.tell(data + ": rows " + series.label(first) + " to "
                + series.label(series.rows() - 1) + ", " + starts.length + " windows");
        console.tell(words(seen, series, first));
        HoleReport.tell(console, series, windows.broken(recipe.spec().horizon()));
        console.result(ScoreTable.text(scores));
        if (forecasts.size() == 2) {
            console.tell("  (no autoregression: too few earlier rows to fit one; --last 0.2 leaves some)");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("windows", starts.length);
        json.put("first_row", from + 1);
        json.put("training_rows_known", seen.isKnown());
        json.put("training_rows_left_out", Math.min(from, seen.end()));
        json.put("training_rows_scored", Math.max(0, seen.end() - first));
        json.put("trained_until", seen.until());
        HoleReport.put(json, series);
        json.put("scores", ScoreTable.plain(scores));
        console.json(json);
    }

    /** The first row that is scored. */
    private int from(SeenRows.InTable seen, Series series) {
        if (!all && seen.end() == series.rows()) {
            throw new Refusal(data + ": it ends at '" + series.label(series.rows() - 1)
                    + "', and the model was trained on all rows up to there; give newer rows, or --all to score these");
        }
        int asked = last == null ? 0 : series.rows() - (int) Math.round(series.rows() * last);
        return all ? asked : Math.max(asked, seen.end());
    }

    /** What is known of the rows that the model has seen. */
    private String words(SeenRows.InTable seen, Series series, int first) {
        if (!seen.isKnown()) {
            return "Note: nothing is known of the rows that the model was trained on" + (seen.until() == null
                    ? " (its file does not say)"
                    : series.isDated()
                            ? " (its table had no dates, and this one does not begin as that one did)"
                            : " (no dates here, and the table does not begin as that of the training)")
                    + "; if some of them are here, the error is better than that of a forecast.";
        }
        if (seen.end() == 0) {
            return "No row is from before the end of the training ('" + seen.until() + "').";
        }
        String rowsSeen = series.isDated()
                ? "rows up to '" + series.label(seen.end() - 1) + "' (" + seen.end() + ")"
                : "the first " + seen.end() + " rows";
        return first < seen.end()
                ? "Note: the model was trained on " + rowsSeen + ", and " + (seen.end() - first)
                        + " of them are scored: the error is better than that of a forecast."
                : "Left out: " + rowsSeen + ", which the model was trained on; --all scores them too.";
    }

    private void raw(Model model) throws IOException {
        if (model.inputShapes().size() != 1 || model.outputShapes().size() != 1) {
            throw new Refusal(file + " has " + model.inputNames().size() + " inputs and " + model.outputNames().size()
                    + " outputs; evaluate takes models with one of each");
        }
        if (last != null || all || rows.isAny()) {
            throw new Refusal((last != null ? "--last" : all ? "--all" : rows.first())
                    + " is for models made by 'gatun train'; leave it out");
        }
        float[][] numbers = RawTable.numbers(data);
        Shape out = model.outputShapes().getFirst();
        Shape in = model.inputShapes().getFirst();
        int width = numbers[0].length;
        int outputs = outputs(width, in, out);
        requireWidth(width, outputs, in);
        Tensor x = RawTable.tensor(data, numbers, 0, width - outputs, in, "input '" + model.inputNames().getFirst()
                + "' beside " + outputs + " target numbers");
        float[] made = model.predict(ModelShape.of(model).whole().getFirst() ? RawTable.whole(data, x) : x).toArray();
        double squares = 0;
        double distances = 0;
        for (int i = 0; i < made.length; i++) {
            double error = made[i] - numbers[i / outputs][width - outputs + i % outputs];
            squares += error * error;
            distances += Math.abs(error);
        }
        double rmse = Math.sqrt(squares / made.length);
        double mae = distances / made.length;
        Console console = console();
        console.result(String.format(
                Locale.ROOT, "%d samples: MSE %.6g, RMSE %.6g, MAE %.6g", numbers.length, rmse * rmse, rmse, mae));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("samples", numbers.length);
        json.put("mse", squares / made.length);
        json.put("rmse", rmse);
        json.put("mae", mae);
        console.json(json);
    }

    /** Where the input has one size alone, a line has one width alone. */
    private void requireWidth(int width, int outputs, Shape in) {
        Shape sample = in.with(0, 1);
        if (sample.isKnown() && width != sample.elements() + outputs) {
            throw new Refusal(data + ": each line has " + width + " numbers, expected " + (sample.elements() + outputs)
                    + ": the " + sample.elements() + " of a sample of shape " + in + ", then the " + outputs
                    + " of its target");
        }
    }

    /** Numbers of a target in a line of this width; time may be unknown, and then input and output share it. */
    private int outputs(int width, Shape in, Shape out) {
        long steps = 1;
        if (out.rank() == 3) {
            long read = in.rank() == 3 ? in.last() : 1;
            steps = out.dim(1) != Shape.UNKNOWN ? out.dim(1) : width / (read + out.last());
        }
        long outputs = steps * out.last();
        if (outputs >= width) {
            throw new Refusal(data + ": each line has " + width + " numbers, the target alone needs " + outputs
                    + "; give the sample's numbers, then its target's");
        }
        return Math.toIntExact(outputs);
    }
}
