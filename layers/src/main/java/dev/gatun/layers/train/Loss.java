package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training makes small. A loss looks at one row (a sample, or one time step of a sample) of predictions
 * {@code [columns]} and targets at a time; the loss of a batch is the weighted sum over its rows divided by their number,
 * Keras's "sum_over_batch_size". Formulas of Keras 3 (keras/src/losses/losses.py), in double and in one fixed order, so
 * that a loss has the same bits on every machine. Immutable.
 *
 * <pre>{@code
 * Loss.MSE    Loss.huber(2.5)    Loss.BINARY_CROSSENTROPY.fromLogits()    Loss.of("mae")
 * }</pre>
 */
public sealed interface Loss
        permits MeanSquaredError, MeanAbsoluteError, Huber, BinaryCrossentropy, CategoricalCrossentropy,
        SparseCategoricalCrossentropy {

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
        Config read = new Config("loss", config);
        Loss loss = of(read.text("name"));
        if (loss instanceof Huber) {
            return new Huber(read.number("delta", 1));
        }
        if (!read.flag("from_logits", false)) {
            return loss;
        }
        return switch (loss) {
            case BinaryCrossentropy binary -> binary.fromLogits();
            case CategoricalCrossentropy categorical -> categorical.fromLogits();
            case SparseCategoricalCrossentropy sparse -> sparse.fromLogits();
            default -> throw new IllegalArgumentException("Loss '" + loss.keyword() + "' has no form from logits");
        };
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
     * {@return plain values for a file: {@code name}, and {@code delta} or {@code from_logits} for losses that have it}
     */
    default Map<String, Object> toConfig() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", keyword());
        switch (this) {
            case Huber huber -> config.put("delta", huber.delta());
            case BinaryCrossentropy binary -> config.put("from_logits", binary.logits());
            case CategoricalCrossentropy categorical -> config.put("from_logits", categorical.logits());
            case SparseCategoricalCrossentropy sparse -> config.put("from_logits", sparse.logits());
            case MeanSquaredError _,MeanAbsoluteError _ -> {
            }
        }
        return config;
    }

    /**
     * The width of a target row.
     *
     * @param columns width of a row of predictions
     * @return the same width, or 1 where the target is a class number
     */
    default int targetColumns(int columns) {
        return columns;
    }

    /**
     * The weighted sum of the rows' losses, and their gradient. Allocates nothing.
     *
     * @param predictions {@code [rows,columns]}
     * @param targets     {@code [rows,targetColumns(columns)]}
     * @param weights     {@code [rows,1]}, or null for 1 everywhere
     * @param gradient    {@code [rows,columns]}, written: scale * weight * d(loss of the row) / d(prediction); null for
     *                    none; may be the predictions' own memory
     * @param rows        samples, or samples times time steps
     * @param columns     width of a row of predictions
     * @param scale       usually the output's loss weight / number of rows
     * @return sum over rows of weight * loss of the row, not scaled
     */
    double sum(RowsView predictions, RowsView targets, RowsView weights, RowsView gradient, int rows, int columns,
            double scale);
}
