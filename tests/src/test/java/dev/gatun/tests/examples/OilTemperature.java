package dev.gatun.tests.examples;

import dev.gatun.data.Scaling;
import dev.gatun.data.Series;
import dev.gatun.data.WindowSpec;
import dev.gatun.data.Windows;
import dev.gatun.layers.Attention;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Input;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Node;
import dev.gatun.layers.RecurrentOutput;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.train.Adam;
import dev.gatun.layers.train.EarlyStopping;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Samples;
import dev.gatun.layers.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/**
 * What comes in the next day? Hourly load and oil temperature of a transformer, 7 columns (Zhou et al. 2021, data set ETTh1). From
 * 96 hours a model forecasts all columns of the next 24. Twelve months are for training, four for validation, four for
 * the test; all numbers are standardised by the training part. How to run it: {@code docs/data.md}.
 */
public final class OilTemperature {

    private static final int MONTH = 30 * 24;
    private static final int TRAIN_END = 12 * MONTH;
    private static final int VALIDATION_END = 16 * MONTH;
    private static final int TEST_END = 20 * MONTH;
    private static final int WINDOW = 96;
    private static final int HORIZON = 24;
    private static final long SEED = 1;

    private final Windows windows;
    private final Scaling levels;

    private OilTemperature(Series series) {
        WindowSpec spec = WindowSpec.of(series.columns(), series.columns(), WINDOW, HORIZON).relative()
                .fitted(series, TRAIN_END);
        this.windows = new Windows(series, spec);
        this.levels = Scaling.fit(series, series.indices(series.columns()), TRAIN_END);
    }

    /** The file: a line of names, then an hour a line, the time first. */
    static OilTemperature read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] names = lines.getFirst().split(",");
        double[][] hours = new double[TEST_END][];
        for (int hour = 0; hour < hours.length; hour++) {
            String[] numbers = lines.get(hour + 1).split(",");
            hours[hour] = Arrays.stream(numbers).skip(1).mapToDouble(Double::parseDouble).toArray();
        }
        return new OilTemperature(Series.of(List.of(names).subList(1, names.length), hours));
    }

    private Samples samples(int from, int to) {
        int[] starts = windows.scored(from, to);
        return Samples.of(windows.inputs(starts), windows.targets(starts));
    }

    /** What stands between the input and the Dense that makes the forecast. */
    static Node lstms(Node hours) {
        Node first = Lstm.units(64).returnSequences().on(hours);
        return Dropout.rate(0.2).on(Lstm.units(64).on(first));
    }

    /** Patterns of five hours, an LSTM over them, and what of its steps is like its last. */
    static Node convolutionAndAttention(Node hours) {
        Node patterns = Conv1D.of(32, 5).padding("causal").activation("relu").on(hours);
        RecurrentOutput steps = Lstm.units(64).returnSequences().returnState().on(patterns);
        Node last = steps.state().h();
        Node alike = Attention.of().on(Reshape.to(1, 64).on(last), steps.sequence());
        return Dropout.rate(0.2).on(Concatenate.of().on(last, Flatten.of().on(alike)));
    }

    /** Trains such a model, and gives the mean square of its errors in the test months. */
    double testError(UnaryOperator<Node> layers, int threads) {
        Input hours = Input.shape(WINDOW, windows.spec().inputs().size());
        Node forecast = Dense.units(windows.spec().outputs()).on(layers.apply(hours));
        try (Model model = Model.of(List.of(hours), List.of(forecast))) {
            model.threads(threads).initialize(SEED);
            Trainer.of(model).optimizer(Adam.rate(1e-3)).loss(Loss.MSE).seed(SEED).epochs(8).batchSize(64)
                    .validation(samples(TRAIN_END, VALIDATION_END))
                    .callbacks(EarlyStopping.patience(2).restoreBestWeights(true))
                    .fit(samples(WINDOW, TRAIN_END));
            int[] starts = windows.scored(VALIDATION_END, TEST_END);
            return error(starts, windows.restore(starts, model.predict(windows.inputs(starts)).toArray()));
        }
    }

    /** That of a forecast which says that everything stays as it is. */
    double errorOfStaying() {
        int[] starts = windows.scored(VALIDATION_END, TEST_END);
        double[][] forecast = windows.truth(starts);
        for (int i = 0; i < starts.length; i++) {
            int columns = levels.columns();
            for (int at = 0; at < forecast[i].length; at++) {
                forecast[i][at] = windows.series().value(starts[i] + WINDOW - 1, at % columns);
            }
        }
        return error(starts, forecast);
    }

    private double error(int[] starts, double[][] forecast) {
        double[][] truth = windows.truth(starts);
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int at = 0; at < truth[i].length; at++) {
                double wrong = (forecast[i][at] - truth[i][at]) / levels.deviations()[at % levels.columns()];
                sum += wrong * wrong;
            }
        }
        return sum / ((double) truth.length * truth[0].length);
    }

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments.length > 0 ? arguments[0] : "../shared/data/ETTh1.csv");
        if (!Files.exists(file)) {
            System.err.println("There is no " + file + "; give the data set ETTh1.csv as the argument");
            System.exit(2);
        }
        OilTemperature data = read(file);
        int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
        System.out.printf("Everything stays as it is: mean square error %.3f%n", data.errorOfStaying());
        said("Two LSTMs of 64 units", () -> data.testError(OilTemperature::lstms, threads));
        said("Convolution, LSTM, attention", () -> data.testError(OilTemperature::convolutionAndAttention, threads));
    }

    private static void said(String model, DoubleSupplier error) {
        long begin = System.nanoTime();
        System.out.printf("%s: %.3f, after %.0f s%n", model, error.getAsDouble(), (System.nanoTime() - begin) / 1e9);
    }
}
