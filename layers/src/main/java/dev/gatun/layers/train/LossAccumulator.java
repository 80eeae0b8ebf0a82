package dev.gatun.layers.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of losses over batches, in the order they come, means over rows at the end as Keras reports; and metrics. */
final class LossAccumulator {

    private final Objective objective;
    private final double[] losses;
    private final MetricState[] metrics;
    private final long[] rows;
    private double batchLoss;
    private double penalties;
    private long penalizedSamples;

    LossAccumulator(Objective objective) {
        this.objective = objective;
        this.losses = new double[objective.size()];
        this.metrics = objective.losses().stream()
                .flatMap(loss -> objective.metrics().stream().map(metric -> metric.begin(loss)))
                .toArray(MetricState[]::new);
        this.rows = new long[objective.size()];
    }

    void reset() {
        Arrays.fill(losses, 0);
        for (MetricState metric : metrics) {
            metric.reset();
        }
        Arrays.fill(rows, 0);
        batchLoss = 0;
        penalties = 0;
        penalizedSamples = 0;
    }

    void beginBatch() {
        batchLoss = 0;
    }

    /** The weighted sum of an output's row losses in this batch, as if the rows that do not count cost what the others do on average. */
    void addLoss(int output, double sum, int rowCount) {
        losses[output] += sum;
        rows[output] += rowCount;
        batchLoss += objective.weights().get(output) * (sum / rowCount);
    }

    /** A regularizer counts in each batch as its samples do, as in Keras. */
    void addPenalty(double penalty, int samples) {
        penalties += penalty * samples;
        penalizedSamples += samples;
        batchLoss += penalty;
    }

    /** @param counted how much each row counts, or null if all count alike */
    void addMetrics(int output, BatchRows predictions, BatchRows targets, BatchRows counted) {
        int count = objective.metrics().size();
        for (int i = output * count; i < (output + 1) * count; i++) {
            metrics[i].add(predictions, targets, counted);
        }
    }

    /** Total loss of the last batch. */
    double batchLoss() {
        return batchLoss;
    }

    /** Total loss over all batches since {@link #reset}. */
    double loss() {
        double total = 0;
        for (int i = 0; i < losses.length; i++) {
            total += objective.weights().get(i) * (losses[i] / rows[i]);
        }
        return penalties == 0 ? total : total + penalties / penalizedSamples;
    }

    /** Adds {@code loss}, then with several outputs {@code <output>_loss}, then metrics, each name behind the prefix. */
    void report(String prefix, Map<String, Double> into) {
        into.put(prefix + "loss", loss());
        for (int i = 0; several() && i < losses.length; i++) {
            into.put(prefix + lossName(i), losses[i] / rows[i]);
        }
        for (int i = 0; i < losses.length; i++) {
            for (int k = 0; k < objective.metrics().size(); k++) {
                Metric metric = objective.metrics().get(k);
                into.put(prefix + name(i, metric), metrics[i * objective.metrics().size() + k].result());
            }
        }
    }

    /** For every name that {@link #report(String, Map)} will use, whether more is better. */
    void directions(String prefix, Map<String, Boolean> into) {
        into.put(prefix + "loss", objective.losses().stream().allMatch(Loss::isHigherBetter));
        for (int i = 0; several() && i < losses.length; i++) {
            into.put(prefix + lossName(i), objective.losses().get(i).isHigherBetter());
        }
        for (int i = 0; i < losses.length; i++) {
            for (Metric metric : objective.metrics()) {
                into.put(prefix + name(i, metric), metric.isHigherBetter());
            }
        }
    }

    private boolean several() {
        return objective.size() > 1;
    }

    private String lossName(int output) {
        return objective.names().get(output) + "_loss";
    }

    private String name(int output, Metric metric) {
        return (several() ? objective.names().get(output) + "_" : "") + metric.keyword();
    }

    Map<String, Double> report() {
        Map<String, Double> report = new LinkedHashMap<>();
        report("", report);
        return report;
    }
}
