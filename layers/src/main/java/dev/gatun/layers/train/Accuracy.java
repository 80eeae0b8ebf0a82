package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;

/** {@code accuracy}: the share of right answers, see {@link Metric#ACCURACY}. */
record Accuracy() implements Metric {

    @Override
    public String keyword() {
        return "accuracy";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public MetricState begin(Loss loss) {
        Arguments.required(loss, "Metric.begin", "loss", "the loss of the output");
        return new RowMean() {
            @Override
            double of(BatchRows predictions, BatchRows targets, int row) {
                if (loss.takesClassNumbers()) {
                    return largest(predictions, row) == targets.get(row, 0) ? 1 : 0;
                }
                return switch (loss.answers(predictions.columns())) {
                    case LARGEST_COLUMN -> largest(predictions, row) == largest(targets, row) ? 1 : 0;
                    case PROBABILITIES -> yesAndNo(predictions, targets, row, 0.5);
                    case LOGITS -> yesAndNo(predictions, targets, row, 0);
                };
            }
        };
    }

    /** The first column of the largest value. */
    private static int largest(BatchRows rows, int row) {
        int largest = 0;
        for (int column = 1; column < rows.columns(); column++) {
            if (rows.get(row, column) > rows.get(row, largest)) {
                largest = column;
            }
        }
        return largest;
    }

    private static double yesAndNo(BatchRows predictions, BatchRows targets, int row, double threshold) {
        double right = 0;
        for (int column = 0; column < predictions.columns(); column++) {
            boolean yes = predictions.get(row, column) > threshold;
            right += targets.get(row, column) == (yes ? 1 : 0) ? 1 : 0;
        }
        return right / predictions.columns();
    }
}
