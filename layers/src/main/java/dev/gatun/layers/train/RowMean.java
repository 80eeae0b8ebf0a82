package dev.gatun.layers.train;

/** The weighted mean over rows of one number for each row. */
abstract class RowMean implements MetricState {

    private double sum;
    private double counted;

    /** The number of a row. */
    abstract double of(BatchRows predictions, BatchRows targets, int row);

    @Override
    public final void reset() {
        sum = 0;
        counted = 0;
    }

    @Override
    public final void add(BatchRows predictions, BatchRows targets, BatchRows weights) {
        // A sum for each batch, and then over batches: in this order a mean has always had its bits.
        double batch = 0;
        for (int row = 0; row < predictions.count(); row++) {
            double weight = weights == null ? 1 : weights.get(row, 0);
            if (weight != 0) {
                batch += weight * of(predictions, targets, row);
                counted += weight;
            }
        }
        sum += batch;
    }

    /** 0 if nothing counted: a mask left everything out. */
    @Override
    public double result() {
        return counted == 0 ? 0 : sum / counted;
    }
}
