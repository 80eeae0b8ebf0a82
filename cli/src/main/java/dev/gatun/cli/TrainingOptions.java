package dev.gatun.cli;

import dev.gatun.cli.forecast.LayerChoice;
import dev.gatun.cli.forecast.Settings;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code gatun train} that shape the model and its training. */
final class TrainingOptions {

    /** What picocli reads between two commas. */
    static final class LayerConverter implements ITypeConverter<LayerChoice> {
        @Override
        public LayerChoice convert(String text) {
            try {
                return LayerChoice.of(text);
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(unknown.getMessage());
            }
        }
    }

    @Option(names = "--window", paramLabel = "N", description = "Rows the model sees (default: ${DEFAULT-VALUE}).")
    private int window = 24;

    @Option(names = "--horizon", paramLabel = "N", description = "Rows it forecasts, all at once (default: ${DEFAULT-VALUE}).")
    private int horizon = 1;

    @Option(names = "--relative", description = "See and forecast changes against the window's last row instead of levels: for columns with "
            + "a trend.")
    private boolean relative;

    @Option(names = "--layers", split = ",", paramLabel = "LAYER", converter = LayerConverter.class, description = "The recurrent layers, first to last: units of an LSTM, or lstm:64, gru:64, rnn:64, "
            + "bi-lstm:64, ... (default: 32,32).")
    private List<LayerChoice> layers = List.of(LayerChoice.of("32"), LayerChoice.of("32"));

    @Option(names = "--dropout", paramLabel = "SHARE", description = "Share dropped after each recurrent layer while training (default: ${DEFAULT-VALUE}).")
    private double dropout = 0;

    @Option(names = "--epochs", paramLabel = "N", description = "At most so many epochs (default: ${DEFAULT-VALUE}).")
    private int epochs = 100;

    @Option(names = "--patience", paramLabel = "N", description = "Epochs without a better validation loss until training stops (default: ${DEFAULT-VALUE}).")
    private int patience = 15;

    @Option(names = "--batch", paramLabel = "N", description = "Windows per step (default: ${DEFAULT-VALUE}).")
    private int batch = 32;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "Of Adam in the first epoch; it falls to 0 along half a cosine (default: ${DEFAULT-VALUE}).")
    private double learningRate = 1e-3;

    @Option(names = "--validation", paramLabel = "SHARE", description = "Share of the rows before the test rows that chooses the best epoch; 0 trains to the end "
            + "(default: ${DEFAULT-VALUE}).")
    private double validation = 0.2;

    @Option(names = "--test", paramLabel = "SHARE", description = "Share of all rows, the last ones, held out for the error (default: ${DEFAULT-VALUE}).")
    private double test = 0.2;

    @Option(names = "--refit", description = "Train anew on training and validation rows, for as many epochs as were best.")
    private boolean refit;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of first weights, shuffling and dropout (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    double learningRate() {
        return learningRate;
    }

    Settings settings(int threads) {
        Bounds.atLeast("--window", window, 1);
        Bounds.atLeast("--horizon", horizon, 1);
        layers.forEach(layer -> Bounds.atLeast("--layers", layer.units(), 1));
        Bounds.share("--dropout", dropout);
        Bounds.atLeast("--epochs", epochs, 1);
        Bounds.atLeast("--patience", patience, 1);
        Bounds.atLeast("--batch", batch, 1);
        Bounds.positive("--learning-rate", learningRate);
        Bounds.share("--validation", validation);
        Bounds.share("--test", test);
        return new Settings(
                window, horizon, relative, List.copyOf(layers), dropout, epochs, batch, learningRate, validation, test,
                patience,
                refit, seed, threads);
    }
}
