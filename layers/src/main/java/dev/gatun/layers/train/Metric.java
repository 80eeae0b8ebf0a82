package dev.gatun.layers.train;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;

/**
 * What training reports beside the loss: a mean over rows, without sample weights, as Keras's {@code metrics}.
 */
public enum Metric {
    /** Mean of |prediction - target|. */
    MAE("mae", "mean_absolute_error", false),
    /** Mean of (prediction - target)^2. */
    MSE("mse", "mean_squared_error", false),
    /** Root of {@link #MSE} over all rows. */
    RMSE("rmse", "root_mean_squared_error", false),
    /**
     * Share of right answers. Of classes: the largest prediction is the target's class. Otherwise of columns, each a yes or
     * no: a probability above 0.5, or a logit above 0, means yes.
     */
    ACCURACY("accuracy", "acc", true);

    private final String keyword;
    private final String other;
    private final boolean higherBetter;

    Metric(String keyword, String other, boolean higherBetter) {
        this.keyword = keyword;
        this.other = other;
        this.higherBetter = higherBetter;
    }

    /** {@return the name in reports, for example {@code mae}} */
    public String keyword() {
        return keyword;
    }

    /**
     * A metric by its name.
     *
     * @param keyword short or long: {@code mae} or {@code mean_absolute_error}
     * @return the metric
     * @throws IllegalArgumentException naming the metrics there are
     */
    public static Metric of(String keyword) {
        Arguments.required(keyword, "Metric.of", "keyword", "a name, for example mae");
        for (Metric metric : values()) {
            if (metric.keyword.equals(keyword) || metric.other.equals(keyword)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("Unknown metric '" + keyword + "'; there are "
                + String.join(", ", Arrays.stream(values()).map(Metric::keyword).toList()));
    }

    /**
     * Whether more is better.
     *
     * @return false for errors, true for shares of what is right
     */
    public boolean isHigherBetter() {
        return higherBetter;
    }

    /** Whether it can be told of an output trained with this loss. */
    boolean fits(Loss loss) {
        return this == ACCURACY || !(loss instanceof SparseCategoricalCrossentropy);
    }

    /** The sum over rows; allocates nothing. */
    double sum(Loss loss, RowsView predictions, RowsView targets, int rows, int columns) {
        return switch (this) {
            case MAE -> Loss.MAE.sum(predictions, targets, null, null, rows, columns, 1);
            case MSE, RMSE -> Loss.MSE.sum(predictions, targets, null, null, rows, columns, 1);
            case ACCURACY -> right(loss, predictions, targets, rows, columns);
        };
    }

    /** What is reported for a mean over rows. */
    double report(double mean) {
        return this == RMSE ? Math.sqrt(mean) : mean;
    }

    private static double right(Loss loss, RowsView predictions, RowsView targets, int rows, int columns) {
        double right = 0;
        for (int row = 0; row < rows; row++) {
            right += switch (loss) {
                case SparseCategoricalCrossentropy _ ->
                    largest(predictions, row, columns) == RowCell.get(targets, row, 0) ? 1 : 0;
                case CategoricalCrossentropy _ -> sameLargest(predictions, targets, row, columns);
                case BinaryCrossentropy binary ->
                    yesAndNo(predictions, targets, row, columns, binary.logits() ? 0 : 0.5);
                default -> columns == 1
                        ? yesAndNo(predictions, targets, row, columns, 0.5)
                        : sameLargest(predictions, targets, row, columns);
            };
        }
        return right;
    }

    private static double sameLargest(RowsView predictions, RowsView targets, int row, int columns) {
        return largest(predictions, row, columns) == largest(targets, row, columns) ? 1 : 0;
    }

    /** The first column of the largest value. */
    private static int largest(RowsView rows, int row, int columns) {
        int largest = 0;
        for (int column = 1; column < columns; column++) {
            if (RowCell.get(rows, row, column) > RowCell.get(rows, row, largest)) {
                largest = column;
            }
        }
        return largest;
    }

    private static double yesAndNo(RowsView predictions, RowsView targets, int row, int columns, double threshold) {
        double right = 0;
        for (int column = 0; column < columns; column++) {
            boolean yes = RowCell.get(predictions, row, column) > threshold;
            right += RowCell.get(targets, row, column) == (yes ? 1 : 0) ? 1 : 0;
        }
        return right / columns;
    }
}
