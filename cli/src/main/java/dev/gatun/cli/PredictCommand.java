package dev.gatun.cli;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.CsvFile;
import dev.gatun.cli.forecast.ModelForecast;
import dev.gatun.cli.forecast.Recipe;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.cli.tensors.FirstNaN;
import dev.gatun.cli.tensors.TensorFile;
import dev.gatun.data.Series;
import dev.gatun.data.Windows;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gatun predict}: a file in, a file out. */
@Command(name = "predict", sortOptions = false, header = "Runs a model on a file and writes its outputs to another.", description = {
    "Tensors: .safetensors, .npz, .npy or .csv, on either side. A model with one input takes the one tensor of the "
            + "file, or the one named as the input; a model with several takes them by name, or as x0, x1, ... in its "
            + "order, from a .safetensors or .npz file. Outputs are named as the model's outputs; several need one of "
            + "these two. As .csv a tensor has a line for each sample, its numbers in row-major order, a header or not.",
    "Tables: a model made by 'gatun train' takes a .csv with the columns it was trained on, and writes the "
            + "forecast after the last row, or with --all after every window, in the table's units.",
    ""}, footer = {
        "",
        "Examples:",
        "  gatun predict model.keras --input x.npy --output y.npy",
        "  gatun predict two_inputs.gatun --input in.npz --output out.npz",
        "  gatun predict sales.gatun --input sales.csv --output next.csv",
        "  gatun predict state.safetensors --architecture \"lstm last fc\" --input x.npy --output y.npy",
        "",
        "The output file is written whole or not at all."})
final class PredictCommand extends ComputingCommand {

    @Parameters(paramLabel = "MODEL", description = "A model file of any kind that is read.")
    private Path file;

    @Option(names = "--input", required = true, paramLabel = "FILE", description = "Tensors or a table.")
    private Path input;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "Where the results go.")
    private Path target;

    @Option(names = "--all", description = "Of a table: forecast after every window, not the last only.")
    private boolean all;

    @Mixin
    private RowOptions rows;

    @Mixin
    private ArchitectureOption architecture;

    @Override
    void run() throws IOException {
        TensorFile to = TensorFile.named("--output", target);
        Target.file("--output", target);
        Target.apart("--output", target, input, file);
        TensorFile from = TensorFile.of("--input", input);
        int threads = threads();
        try (RunnableModel runnable = architecture.open(file, threads)) {
            tellNotes(runnable.notesToPredict());
            Optional<Model> trained = runnable.model().filter(model -> model.metadata().containsKey(Recipe.KEY));
            boolean isTable = from == TensorFile.CSV && trained.isPresent();
            if (!isTable && (all || rows.isAny())) {
                throw new Refusal((all ? "--all" : rows.first())
                        + " is for tables: a .csv and a model made by 'gatun train'; leave it out");
            }
            if (isTable) {
                table(trained.get(), to);
            } else {
                tensors(runnable, from, to);
            }
        }
    }

    private void tensors(RunnableModel model, TensorFile from, TensorFile to) throws IOException {
        List<String> names = model.outputNames();
        to.requireRoomFor(target, names);
        List<Tensor> inputs = from.read(input, model.shape());
        for (int i = 0; i < inputs.size(); i++) {
            String name = model.shape().inputNames().get(i);
            FirstNaN.in(inputs.get(i)).ifPresent(index -> console()
                    .remark("Note: input '" + name + "' holds NaN at " + index
                            + "; what depends on it becomes NaN too"));
        }
        List<Tensor> outputs = model.run(inputs);
        to.write(target, names, outputs);
        Map<String, Object> shapes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            shapes.put(names.get(i), outputs.get(i).shape().toArray());
        }
        done(outputs.getFirst().shape().dim(0), shapes);
    }

    private void table(Model model, TensorFile to) throws IOException {
        Recipe recipe = ForecastTable.recipe(file, model, "give tensors");
        Series series = ForecastTable.read(input, recipe, recipe.spec().needed(), rows);
        Windows windows = new Windows(series, recipe.spec());
        int[] complete = windows.complete();
        int last = series.rows() - recipe.spec().window();
        if (last < 0) {
            throw new Refusal(
                    input + ": " + series.rows() + " rows are too few, the model sees " + recipe.spec().window()
                            + " at once; give at least as many");
        }
        requireUnbroken(series, recipe, last);
        if (complete.length == 0 || !all && complete[complete.length - 1] != last) {
            throw new Refusal(input + ": " + (all ? "every window of " : "one of the last ") + recipe.spec().window()
                    + " rows has a cell without a value; fill it, or choose --missing interpolate"
                    + (all ? "" : " or --all"));
        }
        int[] starts = all ? complete : new int[] {last};
        if (all) {
            HoleReport.tell(console(), series, windows.broken(0));
        }
        double[][] forecasts = ModelForecast.of(model).of(windows, starts);
        if (to == TensorFile.CSV) {
            CsvFile.write(target, lines(series, recipe, starts, forecasts));
        } else {
            to.write(target, model.outputNames(), List.of(tensor(recipe, forecasts)));
        }
        done(starts.length, Map.of(
                model.outputNames().getFirst(),
                new long[] {starts.length, recipe.spec().horizon(), recipe.spec().targets().size()}));
    }

    /** Refuses to forecast from a window with a hole: its rows are not the steps that the model knows. */
    private void requireUnbroken(Series series, Recipe recipe, int last) {
        boolean isUnbroken = all
                ? series.timeline().holes().longestStretch() >= recipe.spec().window()
                : series.timeline().isUnbroken(last, series.rows() - 1);
        if (!isUnbroken) {
            int row = series.timeline().lastStretch();
            throw new Refusal(input + ": the model sees " + recipe.spec().window() + " rows at once, but " + (all
                    ? "every stretch without a hole has fewer"
                    : "a hole lies among the last " + recipe.spec().window() + ", between '" + series.label(row - 1)
                            + "' (line " + series.line(row - 1) + ") and '" + series.label(row) + "' (line "
                            + series.line(row) + ")")
                    + "; fill it, or say with --max-step what is no hole" + (all ? "" : ", or choose --all"));
        }
    }

    /** A header, then one line per window and step. */
    private static List<List<String>> lines(Series series, Recipe recipe, int[] starts, double[][] forecasts) {
        List<List<String>> lines = new ArrayList<>();
        List<String> header = new ArrayList<>(
                List.of(series.isDated() ? "after_" + recipe.date() : "after_row", "step"));
        header.addAll(recipe.spec().targets());
        lines.add(header);
        int targets = recipe.spec().targets().size();
        for (int i = 0; i < starts.length; i++) {
            for (int step = 0; step < recipe.spec().horizon(); step++) {
                List<String> row = new ArrayList<>();
                row.add(series.label(starts[i] + recipe.spec().window() - 1));
                row.add(Integer.toString(step + 1));
                for (int target = 0; target < targets; target++) {
                    row.add(Float.toString((float) forecasts[i][step * targets + target]));
                }
                lines.add(row);
            }
        }
        return lines;
    }

    /** [N,H,K] in the table's units. */
    private static Tensor tensor(Recipe recipe, double[][] forecasts) {
        float[] values = new float[Math.multiplyExact(forecasts.length, recipe.spec().outputs())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) forecasts[i / recipe.spec().outputs()][i % recipe.spec().outputs()];
        }
        return Tensor.of(values, forecasts.length, recipe.spec().horizon(), recipe.spec().targets().size());
    }

    private void done(long samples, Map<String, Object> shapes) {
        Console console = console();
        StringBuilder text = new StringBuilder("Wrote " + target + ":");
        shapes.forEach((name, shape) -> text.append(' ').append(name).append(' ')
                .append(java.util.Arrays.toString((long[]) shape)));
        console.tell(text.toString());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("output", target.toString());
        json.put("samples", samples);
        json.put("outputs", shapes);
        console.json(json);
    }
}
