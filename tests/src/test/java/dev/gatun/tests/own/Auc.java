package dev.gatun.tests.own;

import dev.gatun.layers.train.BatchRows;
import dev.gatun.layers.train.Loss;
import dev.gatun.layers.train.Metric;
import dev.gatun.layers.train.MetricState;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A metric of a user's own: the area under the ROC curve of one column, over all rows of an epoch. Exact, by sorting: the weight
 * of pairs of a yes and a no in which the yes has the larger prediction, ties counting half, over the weight of all pairs.
 */
public record Auc() implements Metric {

    @Override
    public String keyword() {
        return "auc";
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public boolean fits(Loss loss) {
        return !loss.takesClassNumbers();
    }

    @Override
    public MetricState begin(Loss loss) {
        return new Seen();
    }

    private static final class Seen implements MetricState {
        private double[][] rows = new double[3][64];
        private int count;

        @Override
        public void reset() {
            count = 0;
        }

        @Override
        public void add(BatchRows predictions, BatchRows targets, BatchRows weights) {
            for (int row = 0; row < predictions.count(); row++) {
                double weight = weights == null ? 1 : weights.get(row, 0);
                if (weight == 0) {
                    continue;
                }
                if (count == rows[0].length) {
                    rows = Arrays.stream(rows).map(part -> Arrays.copyOf(part, 2 * count)).toArray(double[][]::new);
                }
                rows[0][count] = predictions.get(row, 0);
                rows[1][count] = targets.get(row, 0);
                rows[2][count++] = weight;
            }
        }

        @Override
        public double result() {
            int[] order = IntStream.range(0, count).boxed()
                    .sorted((a, b) -> Double.compare(rows[0][a], rows[0][b])).mapToInt(i -> i).toArray();
            double no = 0;
            double yes = 0;
            double right = 0;
            for (int i = 0; i < count;) {
                double tiedNo = 0;
                double tiedYes = 0;
                double prediction = rows[0][order[i]];
                for (; i < count && rows[0][order[i]] == prediction; i++) {
                    double weight = rows[2][order[i]];
                    tiedYes += rows[1][order[i]] > 0.5 ? weight : 0;
                    tiedNo += rows[1][order[i]] > 0.5 ? 0 : weight;
                }
                right += tiedYes * (no + tiedNo / 2);
                yes += tiedYes;
                no += tiedNo;
            }
            return right / (yes * no);
        }
    }
}
