package dev.gatun.cli.forecast;

import dev.gatun.cli.console.Console;
import dev.gatun.cli.console.Progress;
import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.data.RowRules;
import dev.gatun.data.Forecast;
import dev.gatun.data.LinearAutoregression;
import dev.gatun.data.Persistence;
import dev.gatun.data.Score;
import dev.gatun.data.Series;
import dev.gatun.data.TimeSplit;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.Windows;
import dev.gatun.data.time.DateRules;
import dev.gatun.data.time.Holes;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.Sequential;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.History;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Trainer;
import dev.gatun.layers.train.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains a stacked LSTM to forecast columns of a table: standardised by the training rows, split by time, the best epoch
 * chosen on the validation rows. The test rows are not touched.
 */
public final class ForecastTraining {

    private final Series series;
    private final Settings settings;
    private final Recipe recipe;
    private final TimeSplit split;
    private final Windows windows;
    private final int[] trainStarts;
    private final int[] validationStarts;
    private final int[] testStarts;

    /**
     * Checks and cuts the data.
     *
     * @param series   inputs and targets
     * @param inputs   columns the model sees
     * @param targets  columns it forecasts
     * @param rules    what made the series of a table's rows
     * @param settings of windows, split, layers and training
     * @throws Refusal if a part of the table has no complete window
     */
    public ForecastTraining(
            Series series, List<String> inputs, List<String> targets, RowRules rules, Settings settings) {
        this.series = series;
        this.settings = settings;
        requireRoom(series, settings);
        this.split = TimeSplit.of(series.rows(), settings.validation(), settings.test());
        WindowSpec spec = WindowSpec.of(inputs, targets, settings.window(), settings.horizon());
        this.recipe = new Recipe(
                (settings.isRelative() ? spec.relative() : spec).fitted(series, split.trainEnd()),
                learned(rules, series));
        this.windows = new Windows(series, recipe.spec());
        this.trainStarts = windows.scored(0, split.trainEnd());
        this.validationStarts = windows.scored(split.trainEnd(), split.testAt());
        this.testStarts = windows.scored(split.testAt(), series.rows());
        requireWindows();
    }

    /** Refuses a table that leaves a part without a single window. */
    private void requireWindows() {
        requireWindow("training", split.trainEnd(), trainStarts);
        requireWindow("validation", split.testAt() - split.trainEnd(), validationStarts);
        requireWindow("test", split.rows() - split.testAt(), testStarts);
    }

    private void requireWindow(String part, int rows, int[] starts) {
        boolean isWanted = rows > 0 || part.equals("training");
        if (isWanted && starts.length == 0) {
            throw new Refusal(series.source() + ": " + series.rows() + " rows are too few: with a window of "
                    + settings.window() + " and a horizon of " + settings.horizon() + " the " + part + " part (" + rows
                    + " rows) has no complete window; give more rows, or a smaller --window or --horizon");
        }
    }

    private static RowRules learned(RowRules rules, Series series) {
        return new RowRules(
                rules.date(), rules.missing(),
                new DateRules(rules.dates().isSorted(), Optional.empty(), series.timeline().rhythm()));
    }

    /** Before anything is computed of window and horizon, which may be any numbers. */
    private static void requireRoom(Series series, Settings settings) {
        long needed = (long) settings.window() + settings.horizon();
        Holes holes = series.timeline().holes();
        String windows = "a window of " + settings.window() + " and a horizon of " + settings.horizon();
        if (series.rows() < needed) {
            throw new Refusal(series.source() + ": " + series.rows() + " rows are too few for " + windows
                    + "; give more rows, or a smaller --window or --horizon");
        }
        if (holes.longestStretch() < needed) {
            throw new Refusal(series.source() + ": it has " + holes.count() + " holes (rows are usually "
                    + series.timeline().rhythm().orElseThrow().step().text() + " apart, the largest hole is "
                    + holes.largest().text() + "), and the longest stretch without one has " + holes.longestStretch()
                    + " rows, too few for " + windows
                    + "; fill the holes, give a smaller --window or --horizon, or say with --max-step what is no hole");
        }
    }

    /**
     * What forecasting needs beside the model.
     *
     * @return with the scaling of the training rows
     */
    public Recipe recipe() {
        return recipe;
    }

    /**
     * Where the parts of the table begin.
     *
     * @return by time
     */
    public TimeSplit split() {
        return split;
    }

    /**
     * The windows over the table.
     *
     * @return those of all parts
     */
    public Windows windows() {
        return windows;
    }

    /**
     * The held-out windows.
     *
     * @return the first row of each
     */
    public int[] testStarts() {
        return testStarts;
    }

    /**
     * A new model.
     *
     * @return from [N,W,C] to [N,H*K]; {@link #run} gives it first weights
     */
    public Model build() {
        List<Layer> layers = new ArrayList<>();
        layers.add(Input.shape(settings.window(), recipe.spec().inputs().size()));
        for (int i = 0; i < settings.layers().size(); i++) {
            layers.add(settings.layers().get(i).layer(i < settings.layers().size() - 1));
            if (settings.dropout() > 0) {
                layers.add(Dropout.rate(settings.dropout()));
            }
        }
        layers.add(Dense.units(recipe.spec().outputs()));
        return Sequential.of(layers);
    }

    /**
     * Trains from first weights of the seed, and leaves in the model's metadata recipe, curve and which rows were seen. The
     * optimizer's memory is dropped: the model is made to forecast.
     *
     * @param model   from {@link #build}
     * @param console is told of each epoch
     * @return the losses of the training; of the first, if it trains anew
     */
    public Curve run(Model model, Console console) {
        model.initialize(settings.seed());
        model.threads(settings.threads());
        boolean isValidated = validationStarts.length > 0;
        History history = fit(model, console, settings.epochs(), trainStarts, validationStarts);
        double[] validationLoss = isValidated ? history.of("val_loss") : new double[0];
        Curve curve = new Curve(
                history.of("loss"), validationLoss, isValidated ? smallest(validationLoss) : history.size());
        if (settings.refit() && isValidated) {
            console.remark("Best epoch: " + curve.bestEpoch() + " of " + history.size()
                    + ". Training anew for as many epochs on training and validation rows.");
            model.initialize(settings.seed());
            fit(model, console, curve.bestEpoch(), windows.scored(0, split.testAt()), new int[0]);
        }
        model.network().progress(null);
        recipe.saveTo(model.metadata());
        curve.saveTo(model.metadata());
        SeenRows.of(series, split.testAt()).saveTo(model.metadata());
        return curve;
    }

    private History fit(Model model, Console console, int epochs, int[] starts, int[] held) {
        List<Callback> callbacks = new ArrayList<>();
        Trainer trainer = Trainer.of(model)
                .optimizer(Adam.rate(settings.learningRate()).globalClipNorm(1))
                .loss(Loss.MSE)
                .epochs(epochs)
                .batchSize(settings.batch())
                .seed(settings.seed());
        if (held.length > 0) {
            callbacks.add(EarlyStopping.patience(settings.patience()));
            trainer = trainer.validation(windows.inputs(held), windows.targets(held));
        }
        try (Progress progress = Progress.of(console, "epoch", epochs)) {
            callbacks.add(new Callback() {
                @Override
                public void onEpochBegin(Training training) {
                    training.learningRate(learningRate(training.epoch()));
                }

                @Override
                public void onEpochEnd(Training training, Map<String, Double> report) {
                    progress.epoch(training.epoch(), new Progress.Losses(
                            report.get("loss"), report.getOrDefault("val_loss", Double.NaN)));
                }
            });
            return trainer.callbacks(callbacks.toArray(Callback[]::new))
                    .fit(windows.inputs(starts), windows.targets(starts));
        }
    }

    /** From the rate given to almost 0 along half a cosine; StrictMath, so that it has the same bits everywhere. */
    private double learningRate(int epoch) {
        double done = (epoch - 1.0) / settings.epochs();
        return settings.learningRate() * (1 + StrictMath.cos(Math.PI * done)) / 2;
    }

    private static int smallest(double[] losses) {
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        return best + 1;
    }

    /**
     * The linear autoregression, fitted on every window before the test part: training and validation rows.
     *
     * @return empty if there are too few to fit it on
     */
    public Optional<LinearAutoregression> autoregression() {
        return LinearAutoregression.fitted(windows, windows.scored(0, split.testAt()));
    }

    /**
     * Model and baselines on the held-out windows.
     *
     * @param model that is trained
     * @return a score for each target of each of them
     */
    public List<Score> scores(Model model) {
        List<Forecast> forecasts = new ArrayList<>(List.of(ModelForecast.of(model), new Persistence()));
        autoregression().ifPresent(forecasts::add);
        return Score.of(windows, testStarts, forecasts);
    }

    /**
     * What was cut, for people.
     *
     * @return one line
     */
    public String describe() {
        return String.format(
                java.util.Locale.ROOT,
                "%d rows: training %s to %s (%d windows), validation %s, test %s, windows of %d, horizon %d",
                series.rows(), series.label(0), series.label(split.trainEnd() - 1),
                trainStarts.length, part(split.trainEnd(), split.testAt(), validationStarts.length),
                part(split.testAt(), series.rows(), testStarts.length), settings.window(), settings.horizon());
    }

    private String part(int from, int to, int count) {
        return from == to
                ? "none"
                : series.label(from) + " to " + series.label(to - 1) + " (" + count + ")";
    }
}
