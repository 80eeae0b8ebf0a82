package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What training reports beside the loss, without sample weights, as Keras's {@code metrics}. Immutable: what it has seen lies
 * in a {@link MetricState} for each output, so that a metric may look at all rows of an epoch at once. A class of your own is a
 * metric too.
 */
public interface Metric {

    /** Mean of |prediction - target|. */
    Metric MAE = new MeanLossMetric("mae", Loss.MAE, false);
    /** Mean of (prediction - target)^2. */
    Metric MSE = new MeanLossMetric("mse", Loss.MSE, false);
    /** Root of {@link #MSE} over all rows. */
    Metric RMSE = new MeanLossMetric("rmse", Loss.MSE, true);
    /**
     * Share of right answers. Of classes: the largest prediction is the target's class. Otherwise of columns, each a yes or
     * no: a probability above 0.5, or a logit above 0, means yes. Which of them the loss says: {@link Loss#answers}.
     */
    Metric ACCURACY = new Accuracy();

    /**
     * Gatun's metrics.
     *
     * @return in the order of messages
     */
    static List<Metric> all() {
        return List.of(MAE, MSE, RMSE, ACCURACY);
    }

    /**
     * A metric by its name.
     *
     * @param keyword short or long: {@code mae} or {@code mean_absolute_error}
     * @return the metric
     * @throws IllegalArgumentException naming the metrics there are
     */
    static Metric of(String keyword) {
        Arguments.required(keyword, "Metric.of", "keyword", "a name, for example mae");
        return switch (keyword) {
            case "mae", "mean_absolute_error" -> MAE;
            case "mse", "mean_squared_error" -> MSE;
            case "rmse", "root_mean_squared_error" -> RMSE;
            case "accuracy", "acc" -> ACCURACY;
            default -> throw new IllegalArgumentException("Unknown metric '" + keyword + "'; there are "
                    + String.join(", ", all().stream().map(Metric::keyword).toList()));
        };
    }

    /** {@return the name in reports, for example {@code mae}} */
    String keyword();

    /**
     * Whether more is better.
     *
     * @return false, as for errors, unless a metric says otherwise, as for shares of what is right
     */
    default boolean isHigherBetter() {
        return false;
    }

    /**
     * Whether it can be told of an output.
     *
     * @param loss of the output
     * @return true unless a metric says otherwise
     */
    default boolean fits(Loss loss) {
        Arguments.required(loss, "Metric.fits", "loss", "the loss of the output");
        return true;
    }

    /**
     * Begins to look at an output.
     *
     * @param loss of the output: it knows how predictions and targets are to be read
     * @return a state that has seen nothing
     */
    MetricState begin(Loss loss);
}
