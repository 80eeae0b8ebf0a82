package dev.gatun.layers.train;

/**
 * What a metric has seen of one output since it began: the rows of one epoch, or of one evaluation. It belongs to one
 * training, is used by one thread, and is begun anew by {@link #reset}.
 */
public interface MetricState {

    /** Forgets all rows. */
    void reset();

    /**
     * Takes the rows of one batch. Called in every step: allocate nothing once there is room for an epoch.
     *
     * @param predictions {@code [rows,columns]}, to be read now: a later batch lies in the same memory
     * @param targets     {@code [rows,targetColumns]}, as the loss takes them
     * @param weights     {@code [rows,1]}, how much each row counts, 0 for a row that does not; null if all count alike.
     *                    Sample weights are the loss's alone, as in Keras's {@code metrics}, and do not come here
     */
    void add(BatchRows predictions, BatchRows targets, BatchRows weights);

    /**
     * The number to report.
     *
     * @return of all rows since the last {@link #reset}; NaN if there were none that count
     */
    double result();
}
