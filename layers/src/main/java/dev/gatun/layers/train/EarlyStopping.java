package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import java.util.Locale;
import java.util.Map;

/**
 * Ends a training that no longer gets better, as Keras's {@code EarlyStopping}: when {@code monitor} has not improved by more
 * than {@code minDelta} for {@code patience} epochs.
 *
 * @param monitor            name of what is watched, for example {@code val_loss}; smaller is better, except for accuracy
 * @param patience           epochs without improvement that are borne
 * @param minDelta           a smaller improvement is none
 * @param restoreBestWeights whether the model ends with the weights of its best epoch, even if training ran to its end
 */
public record EarlyStopping(String monitor, int patience, double minDelta, boolean restoreBestWeights)
        implements
            Callback {

    public EarlyStopping {
        if (patience < 0) {
            throw new IllegalArgumentException("patience must be at least 0 epochs, got " + patience);
        }
        if (!(minDelta >= 0)) {
            throw new IllegalArgumentException("minDelta must be at least 0, got " + minDelta);
        }
    }

    /** Watches {@code val_loss} and restores the best weights. */
    public static EarlyStopping patience(int patience) {
        return new EarlyStopping("val_loss", patience, 0, true);
    }

    /** Watches something else. */
    public EarlyStopping monitor(String name) {
        return new EarlyStopping(name, patience, minDelta, restoreBestWeights);
    }

    public EarlyStopping minDelta(double delta) {
        return new EarlyStopping(monitor, patience, delta, restoreBestWeights);
    }

    public EarlyStopping restoreBestWeights(boolean value) {
        return new EarlyStopping(monitor, patience, minDelta, value);
    }

    /** @throws IllegalArgumentException if nothing of the monitor's name will be reported */
    @Override
    public Callback begin(Training training) {
        if (!training.reported().contains(monitor)) {
            throw new IllegalArgumentException("Early stopping watches '" + monitor
                    + "', which is not reported; there are " + training.reported()
                    + (monitor.startsWith("val_") ? ". Give the trainer validation data: .validation(0.2)" : ""));
        }
        return new Watch(training);
    }

    /** One training's memory. */
    private final class Watch implements Callback {
        private final boolean higher = monitor.endsWith(Metric.ACCURACY.keyword());
        private final ParameterBlock best;
        private double bestValue = Double.NaN;
        private int bestEpoch;
        private int waited;

        Watch(Training training) {
            best = restoreBestWeights
                    ? training.model().parameters().twin(training.arena(), "best weights")
                    : null;
        }

        @Override
        public void onEpochEnd(Training training, Map<String, Double> report) {
            double value = report.get(monitor);
            if (isBetter(value)) {
                bestValue = value;
                bestEpoch = training.epoch();
                waited = 0;
                if (best != null) {
                    training.model().parameters().copyTo(best);
                }
            } else if (++waited >= patience && training.epoch() < training.epochs()) {
                training.stop(String.format(Locale.ROOT, "stopped early after epoch %d: %s was best, %.6g, in epoch %d",
                        training.epoch(), monitor, bestValue, bestEpoch));
            }
        }

        private boolean isBetter(double value) {
            return Double.isNaN(bestValue) || (higher ? value - minDelta > bestValue : value + minDelta < bestValue);
        }

        @Override
        public void onTrainingEnd(Training training) {
            if (best != null && bestEpoch > 0) {
                best.copyTo(training.model().parameters());
            }
        }
    }
}
