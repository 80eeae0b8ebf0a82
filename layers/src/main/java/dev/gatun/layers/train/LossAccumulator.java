package dev.gatun.layers.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums of losses and metrics over batches, in the order they come; means over rows at the end, as Keras reports. */
final class LossAccumulator {

    private final Objective objective;
    private final double[] losses;
    private final double[] metrics;
    private final long[] rows;
    private double batchLoss;

    LossAccumulator(Objective objective) {
        this.objective = objective;
        this.losses = new double[objective.size()];
        this.metrics = new double[objective.size() * objective.metrics().size()];
        this.rows = new long[objective.size()];
    }

    void reset() {
        Arrays.fill(losses, 0);
        Arrays.fill(metrics, 0);
        Arrays.fill(rows, 0);
        batchLoss = 0;
    }

    void beginBatch() {
        batchLoss = 0;
    }

    /** The weighted sum of an output's row losses in this batch. */
    void addLoss(int output, double sum, int rowCount) {
        losses[output] += sum;
        rows[output] += rowCount;
        batchLoss += objective.weights().get(output) * (sum / rowCount);
    }

    void addMetric(int output, int metric, double sum) {
        metrics[output * objective.metrics().size() + metric] += sum;
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
        return total;
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
                into.put(prefix + name(i, metric),
                        metric.report(metrics[i * objective.metrics().size() + k] / rows[i]));
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
