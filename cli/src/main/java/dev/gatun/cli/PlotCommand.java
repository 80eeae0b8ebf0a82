package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.cli.forecast.SeenRows;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.plot.ForecastPicture;
import dev.gatun.cli.plot.Hindcast;
import dev.gatun.cli.plot.LossPicture;
import dev.gatun.cli.plot.ModelDot;
import dev.gatun.cli.plot.Picture;
import dev.gatun.cli.plot.PictureFormat;
import dev.gatun.data.Series;
import dev.gatun.data.Windows;
import dev.gatun.formats.Imported;
import dev.gatun.formats.tensors.AtomicFile;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
final class PlotCommand extends PrintingCommand {

    @Parameters(paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @Option(names = "--data", paramLabel = "DATA.csv", description = "A table with the model's columns.")
    private Path data;

    @Option(names = "--target", paramLabel = "COL", description = "Which target to draw (default: the first).")
    private String target;

    @Mixin
    private RowOptions rows;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "A .png, .svg or .dot file.")
    private Path out;

    @Mixin
    private PictureOptions pictures;

    @Override
    void run() throws IOException {
        boolean isDot = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT).endsWith(".dot");
        if (!isDot) {
            PictureFormat.require("--out", out);
        }
        pictures.require(!isDot, "a graph of layers is drawn by Graphviz: dot -Tsvg " + out);
        List<Path> written = isDot ? List.of(out) : pictures.files(out);
        written.forEach(each -> Target.file("--out", each));
        try (Imported imported = RunnableModel.layers(file, "there is nothing to draw")) {
            Model model = imported.model();
            if (isDot) {
                AtomicFile.writeStream(
                        out, stream -> stream.write(ModelDot.of(model.graph()).getBytes(StandardCharsets.UTF_8)));
            } else {
                pictures.write(picture(model), out);
            }
        }
        Console console = console();
        console.tell("Wrote " + String.join(" and ", written.stream().map(Path::toString).toList()));
        console.json(Map.of("output", out.toString()));
    }

    private Picture picture(Model model) throws IOException {
        if (data == null) {
            Curve curve = Curve.in(model.metadata()).orElseThrow(() -> new Refusal(file
                    + " keeps no record of its training; give --data DATA.csv, or --out FILE.dot for its layers"));
            List<String> targets = Recipe.in(model.metadata()).map(recipe -> recipe.spec().targets())
                    .orElse(model.outputNames());
            return LossPicture.of(curve, targets);
        }
        Recipe recipe = ForecastTable.recipe(file, model, "there is no forecast to draw; give --out FILE.dot");
        int index = target == null ? 0 : recipe.spec().targets().indexOf(target);
        if (index < 0) {
            throw new Refusal(
                    "--target " + target + ": the model forecasts " + String.join(", ", recipe.spec().targets()));
        }
        Series series = ForecastTable.read(data, recipe, recipe.spec().columns(), rows);
        Windows windows = new Windows(series, recipe.spec());
        SeenRows.InTable seen = SeenRows.in(model.metadata(), series);
        boolean isHeldOut = seen.isKnown() && seen.end() < series.rows();
        Hindcast hindcast = isHeldOut ? Hindcast.heldOut(windows, seen.end(), model) : Hindcast.of(windows, model);
        HoleReport.tell(console(), series, windows.broken(recipe.spec().horizon()));
        if (hindcast.starts().length == 0) {
            throw new Refusal(data + ": " + series.rows() + " rows have no complete window of " + recipe.spec().window()
                    + " and a horizon of " + recipe.spec().horizon() + "; give more rows");
        }
        return ForecastPicture.of(hindcast, index);
    }
}
