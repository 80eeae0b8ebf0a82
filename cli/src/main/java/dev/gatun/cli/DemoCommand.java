package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.demo.StepLatency;
import dev.gatun.cli.demo.Sunspots;
import dev.gatun.cli.forecast.Curve;
import dev.gatun.cli.forecast.ForecastTraining;
import dev.gatun.cli.forecast.LayerChoice;
import dev.gatun.cli.forecast.ScoreTable;
import dev.gatun.cli.forecast.Settings;
import dev.gatun.cli.plot.ForecastPicture;
import dev.gatun.cli.plot.Hindcast;
import dev.gatun.cli.plot.LossPicture;
import dev.gatun.data.Score;
import dev.gatun.data.Series;
import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gatun demo}: the whole way on real data. */
@Command(name = "demo", header = "Trains a stacked LSTM on 309 years of sunspots and shows what it can do.", description = {
    "Two LSTM layers of 32 units learn to forecast next year's sunspot number from the last 11. The last 20 %% "
            + "of the years are held out; the best epoch is chosen on a validation part before them, then the model is trained "
            + "anew for as many epochs on both parts.",
    "Prints the summary, the error beside two honest baselines (persistence: next year as this year; and a "
            + "linear autoregression on the same 11 years), saves the model, loads it again, checks that it "
            + "forecasts the same bits, and measures one step.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun demo                      the whole demo, into gatun-demo/",
        "  gatun demo --epochs 3           a smoke test",
        "  gatun plot gatun-demo/demo.gatun --out loss.png",
        "",
        "The same seed gives the same demo.gatun, byte for byte, on any number of threads."})
final class DemoCommand extends ComputingCommand {

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs (default: ${DEFAULT-VALUE}).")
    private int epochs = 25;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of first weights and shuffling (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for what is written (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("gatun-demo");

    @Mixin
    private PictureOptions pictures;

    @Override
    void run() throws IOException {
        Bounds.atLeast("--epochs", epochs, 1);
        Console console = console();
        Settings settings = new Settings(
                11, 1, false, List.of(LayerChoice.of("32"), LayerChoice.of("32")), 0, epochs, 32, 1e-2, 0.2, 0.2, 10,
                true, seed, threads());
        List<String> names = new ArrayList<>(List.of("demo.gatun"));
        names.addAll(pictures.names(List.of("forecast.png", "loss.png")));
        Target.folder("--out", out, names);
        Series series = Sunspots.series();
        ForecastTraining training = new ForecastTraining(
                series, List.of(Sunspots.ACTIVITY), List.of(Sunspots.ACTIVITY), Sunspots.RULES, settings);
        console.tell("Gatun demo: yearly sunspot numbers, " + series.label(0) + " to "
                + series.label(series.rows() - 1) + " (public domain). " + KernelChoice.describe() + ".");
        console.tell(training.describe());
        try (Model model = training.build()) {
            console.tell(System.lineSeparator() + model.summaryText().stripTrailing() + System.lineSeparator());
            long began = System.nanoTime();
            Curve curve = training.run(model, console);
            double seconds = (System.nanoTime() - began) / 1e9;
            console.tell(String.format(
                    Locale.ROOT, "Trained %d epochs in %.1f s; the best on the validation part was epoch %d.",
                    curve.loss().length, seconds, curve.bestEpoch()));
            show(console, training, model, curve, seconds);
        }
    }

    private void show(Console console, ForecastTraining training, Model model, Curve curve, double seconds)
            throws IOException {
        List<Score> scores = training.scores(model);
        console.result(System.lineSeparator() + "Error on the held-out years, in sunspots:");
        console.result(ScoreTable.text(scores));
        console.result("  (model and autoregression were fitted on the training and validation years, before "
                + training.windows().series().label(training.split().testAt()) + ")");

        Files.createDirectories(out);
        Path file = out.resolve("demo.gatun");
        model.save(file);
        checkReloaded(model, file, training);
        console.result(System.lineSeparator() + "Saved " + file + " (" + Files.size(file)
                + " bytes), loaded it again: it forecasts the same bits.");

        StepLatency latency = StepLatency.measure(model, training.windows().inputs(new int[] {0}).toArray());
        console.result(String.format(
                Locale.ROOT, "One step of the stream: p50 %.1f us, p99 %.1f us (%d steps after warm-up, one thread).",
                latency.p50Nanos() / 1e3, latency.p99Nanos() / 1e3, latency.steps()));

        Hindcast hindcast = Hindcast.heldOut(training.windows(), training.split().testAt(), model);
        List<String> drawn = new ArrayList<>();
        pictures.write(ForecastPicture.of(hindcast, 0), out.resolve("forecast.png"))
                .forEach(written -> drawn.add(written.toString()));
        pictures.write(LossPicture.of(curve, training.recipe().spec().targets()), out.resolve("loss.png"))
                .forEach(written -> drawn.add(written.toString()));
        console.result("Pictures: " + String.join(", ", drawn));

        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", file.toString());
        json.put("parameters", model.parameterCount());
        json.put("epochs", curve.loss().length);
        json.put("best_epoch", curve.bestEpoch());
        json.put("seconds", seconds);
        json.put("scores", ScoreTable.plain(scores));
        json.put("same_bits_after_reload", true);
        json.put("step_p50_nanos", latency.p50Nanos());
        json.put("step_p99_nanos", latency.p99Nanos());
        json.put("pictures", drawn);
        json.put("kernels", KernelChoice.describe());
        console.json(json);
    }

    private static void checkReloaded(Model model, Path file, ForecastTraining training) throws IOException {
        Tensor inputs = training.windows().inputs(training.testStarts());
        try (Model reloaded = Model.load(file)) {
            float[] before = model.predict(inputs).toArray();
            float[] after = reloaded.predict(inputs).toArray();
            int different = Arrays.mismatch(before, after);
            if (different >= 0) {
                throw new Refusal(file + ": the reloaded model forecasts " + after[different]
                        + " where the trained one "
                        + "forecast " + before[different] + " (test window " + different + "); please report this");
            }
        }
    }
}
