package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.Series;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.ModelForecast;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.cli.forecast.SeenRows;
import dev.gatun.cli.forecast.Windows;
import dev.gatun.cli.plot.ForecastPicture;
import dev.gatun.cli.plot.LossPicture;
import dev.gatun.cli.plot.ModelDot;
import dev.gatun.cli.plot.Picture;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun plot}: pictures of a model. */
@Command(name = "plot", sortOptions = false, header = "Draws a model's forecast, its training, or its layers.", description = {
    "With --data: the forecast against the truth, held-out rows if it is the table of the training.",
    "Without: the loss over the epochs, for a model made by 'gatun train' or 'gatun demo'.",
    "With a name that ends in .dot: the graph of layers, for Graphviz, of any model.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun plot sales.gatun --data sales.csv --out forecast.png",
        "  gatun plot sales.gatun --out loss.png",
        "  gatun plot from_python.keras --out layers.dot"})
final class PlotCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A model file: .gatun or .keras.")
    private Path file;

    @Option(names = "--data", paramLabel = "DATA.csv", description = "A table with the model's columns.")
    private Path data;

    @Option(names = "--target", paramLabel = "COL", description = "Which target to draw (default: the first).")
    private String target;

    @Mixin
    private RowOptions rows;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A .png or .dot file.")
    private Path out;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        boolean isDot = String.valueOf(out.getFileName()).endsWith(".dot");
        if (!isDot) {
            Picture.requirePng("--out", out);
        }
        Target.file("--out", out);
        try (Model model = Model.load(file)) {
            if (isDot) {
                AtomicFile.writeStream(
                        out, stream -> stream.write(ModelDot.of(model.graph()).getBytes(StandardCharsets.UTF_8)));
            } else {
                picture(model).write(out);
            }
        }
        Console console = output.console();
        console.tell("Wrote " + out);
        console.json(Map.of("output", out.toString()));
        return 0;
    }

    private Picture picture(Model model) throws IOException {
        if (data == null) {
            Curve curve = Curve.in(model.metadata()).orElseThrow(() -> new Refusal(file
                    + " keeps no record of its training; give --data DATA.csv, or --out FILE.dot for its layers"));
            return LossPicture.of("Training of " + file.getFileName(), curve);
        }
        Recipe recipe = ForecastTable.recipe(file, model, "there is no forecast to draw; give --out FILE.dot");
        int index = target == null ? 0 : recipe.targets().indexOf(target);
        if (index < 0) {
            throw new Refusal("--target " + target + ": the model forecasts " + String.join(", ", recipe.targets()));
        }
        Series series = ForecastTable.read(data, recipe, recipe.columns(), rows);
        Windows windows = new Windows(series, recipe);
        SeenRows.InTable seen = SeenRows.in(model.metadata(), series);
        boolean isHeldOut = seen.isKnown() && seen.end() < series.rows();
        int[] starts = windows.scored(isHeldOut ? seen.end() : 0, series.rows());
        HoleReport.tell(output.console(), series, windows.broken(recipe.horizon()));
        if (starts.length == 0) {
            throw new Refusal(data + ": " + series.rows() + " rows have no complete window of " + recipe.window()
                    + " and a horizon of " + recipe.horizon() + "; give more rows");
        }
        return ForecastPicture.of(
                recipe.targets().get(index) + ": forecast by " + file.getFileName(), windows, index, starts,
                isHeldOut, new ModelForecast(model), null);
    }
}
