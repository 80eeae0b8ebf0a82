package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training makes small. A loss looks at one row (a sample, or one time step of a sample) of predictions
 * {@code [columns]} and targets at a time; the loss of a batch is the weighted sum over its rows divided by their number,
 * Keras's "sum_over_batch_size". Formulas of Keras 3 (keras/src/losses/losses.py), in double and in one fixed order, so
 * that a loss has the same bits on every machine. Immutable.
 *
 * <p>A class of your own is a loss too: it says what one row costs ({@link #row}), or with {@link ColumnLoss} what one number
 * costs.
 *
 * <pre>{@code
 * Loss.MSE    Loss.huber(2.5)    Loss.BINARY_CROSSENTROPY.fromLogits()    Loss.of("mae")
 * }</pre>
 */
public interface Loss {

    /** Mean of (prediction - target)^2. */
    MeanSquaredError MSE = new MeanSquaredError();
    /** Mean of |prediction - target|. */
    MeanAbsoluteError MAE = new MeanAbsoluteError();
    /** Quadratic up to a distance of 1, linear beyond; {@link #huber} for another distance. */
    Huber HUBER = new Huber(1);
    /** Yes or no in each column, predictions are probabilities. */
    BinaryCrossentropy BINARY_CROSSENTROPY = new BinaryCrossentropy(false);
    /** One class of several, targets one-hot, predictions are probabilities. */
    CategoricalCrossentropy CATEGORICAL_CROSSENTROPY = new CategoricalCrossentropy(false);
    /** One class of several, the target is its number, predictions are probabilities. */
    SparseCategoricalCrossentropy SPARSE_CATEGORICAL_CROSSENTROPY = new SparseCategoricalCrossentropy(false);

    /**
     * A Huber loss with another distance than 1.
     *
     * @param delta distance up to which the loss is quadratic, positive and finite
     * @return the loss
     * @throws IllegalArgumentException if delta is not
     */
    static Huber huber(double delta) {
        return new Huber(delta);
    }

    /**
     * A loss by Keras's name.
     *
     * @param keyword {@code mse}, {@code mae}, {@code huber}, {@code binary_crossentropy},
     *                {@code categorical_crossentropy}, {@code sparse_categorical_crossentropy}, or the long forms of
     *                the first two
     * @return the loss; crossentropies expect probabilities
     * @throws IllegalArgumentException naming the losses there are
     */
    static Loss of(String keyword) {
        Arguments.required(keyword, "Loss.of", "keyword", "a name, for example mse");
        return switch (keyword) {
            case "mse", "mean_squared_error", "MSE" -> MSE;
            case "mae", "mean_absolute_error", "MAE" -> MAE;
            case "huber", "huber_loss" -> HUBER;
            case "binary_crossentropy", "bce" -> BINARY_CROSSENTROPY;
            case "categorical_crossentropy" -> CATEGORICAL_CROSSENTROPY;
            case "sparse_categorical_crossentropy" -> SPARSE_CATEGORICAL_CROSSENTROPY;
            default -> throw new IllegalArgumentException("Unknown loss '" + keyword + "'; there are mse, mae, huber, "
                    + "binary_crossentropy, categorical_crossentropy, sparse_categorical_crossentropy");
        };
    }

    /**
     * The loss that {@link #toConfig} describes.
     *
     * @param config {@code name}, and {@code delta} or {@code from_logits} where they differ from the default
     * @return the loss
     * @throws IllegalArgumentException if there is no such loss, or it has no form from logits but is asked for one
     */
    static Loss fromConfig(Map<String, Object> config) {
        Arguments.required(config, "Loss.fromConfig", "config", "a map of the configuration");
        ConfigReader read = new ConfigReader("loss", config);
        Loss loss = of(read.text("name"));
        if (loss instanceof Huber) {
            return new Huber(read.number("delta", 1));
        }
        if (!read.flag("from_logits", false)) {
            return loss;
        }
        if (loss instanceof LogitsLoss probabilities) {
            return probabilities.fromLogits();
        }
        throw new IllegalArgumentException("Loss '" + loss.keyword() + "' has no form from logits");
    }

    /** {@return Keras's name, for example {@code mse}} */
    String keyword();

    /**
     * Whether more is better, for whoever watches it.
     *
     * @return false unless a loss says otherwise: training makes a loss small
     */
    default boolean isHigherBetter() {
        return false;
    }

    /**
     * {@return plain values for a file: {@code name}, and what else tells it from other losses of that name}
     */
    default Map<String, Object> toConfig() {
        return new LinkedHashMap<>(Map.of("name", keyword()));
    }

    /**
     * The width of a target row.
     *
     * @param columns width of a row of predictions
     * @return the same width, or 1 where the target is a class number
     */
    default int targetColumns(int columns) {
        return takesClassNumbers() ? 1 : columns;
    }

    /**
     * Whether a target is the number of a class, 0 to columns - 1. Then targets are checked to be such numbers, and metrics
     * that compare numbers do not fit.
     *
     * @return false unless a loss says otherwise
     */
    default boolean takesClassNumbers() {
        return false;
    }

    /**
     * How predictions are to be read.
     *
     * @param columns width of a row of predictions
     * @return yes or no for one column, otherwise the class of the largest, unless a loss says otherwise
     */
    default Answers answers(int columns) {
        return columns == 1 ? Answers.PROBABILITIES : Answers.LARGEST_COLUMN;
    }

    /**
     * The loss of one row, and its gradient. Called for every row of every step: allocate nothing.
     *
     * @param predictions {@code [rows,columns]}
     * @param targets     {@code [rows,targetColumns(columns)]}
     * @param row         which row
     * @param factor      of the gradient
     * @param gradient    {@code [rows,columns]}, of which the row is written: factor * d(loss of the row) / d(prediction);
     *                    null for none. It may be the predictions' own memory: read a prediction before a gradient is
     *                    written in its place
     * @return the loss of the row, without the factor
     */
    double row(BatchRows predictions, BatchRows targets, int row, double factor, BatchRows gradient);

    /**
     * The weighted sum of the rows' losses, and their gradient. A row of weight 0 does not count: its loss is not looked at,
     * and its gradient is 0.
     *
     * @param predictions {@code [rows,columns]}
     * @param targets     {@code [rows,targetColumns(columns)]}
     * @param weights     {@code [rows,1]}, or null for 1 everywhere
     * @param gradient    {@code [rows,columns]}, written: scale * weight * d(loss of the row) / d(prediction); null for
     *                    none; may be the predictions' own memory
     * @param scale       usually the output's loss weight / number of rows
     * @return sum over rows of weight * loss of the row, not scaled
     */
    default double sum(BatchRows predictions, BatchRows targets, BatchRows weights, BatchRows gradient, double scale) {
        double total = 0;
        for (int row = 0; row < predictions.count(); row++) {
            double weight = weights == null ? 1 : weights.get(row, 0);
            if (weight != 0) {
                total += weight * row(predictions, targets, row, scale * weight, gradient);
            } else if (gradient != null) {
                gradient.clear(row);
            }
        }
        return total;
    }
}
