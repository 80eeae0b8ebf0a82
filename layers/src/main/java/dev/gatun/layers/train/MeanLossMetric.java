package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;

/**
 * The mean of a loss over rows, or its root.
 *
 * @param keyword  name in reports
 * @param measured the loss
 * @param isRoot   whether the root is reported
 */
record MeanLossMetric(String keyword, Loss measured, boolean isRoot) implements Metric {

    @Override
    public boolean isHigherBetter() {
        return measured.isHigherBetter();
    }

    @Override
    public boolean fits(Loss loss) {
        Arguments.required(loss, "Metric.fits", "loss", "the loss of the output");
        return !loss.takesClassNumbers();
    }

    @Override
    public MetricState begin(Loss loss) {
        return new RowMean() {
            @Override
            double of(BatchRows predictions, BatchRows targets, int row) {
                return measured.row(predictions, targets, row, 1, null);
            }

            @Override
            public double result() {
                return isRoot ? Math.sqrt(super.result()) : super.result();
            }
        };
    }
}
