package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Ends a training that no longer gets better, as Keras's {@code EarlyStopping}: when {@code monitor} has not improved by more
 * than {@code minDelta} for {@code patience} epochs.
 *
 * @param monitor            name of what is watched, for example {@code val_loss}
 * @param patience           epochs without improvement that are borne
 * @param minDelta           a smaller improvement is none
 * @param restoreBestWeights whether the model ends with the weights of its best epoch, even if training ran to its end
 * @param mode               which way is better
 */
public record EarlyStopping(String monitor, int patience, double minDelta, boolean restoreBestWeights, Mode mode)
        implements
            Callback {

    /** Which way is better. */
    public enum Mode {
        /** As the loss or metric that is watched says. */
        AUTO,
        /** Less is better. */
        MIN,
        /** More is better. */
        MAX;

        /**
         * A mode by Keras's name.
         *
         * @param keyword auto, min or max
         * @return the mode
         * @throws IllegalArgumentException naming the modes there are
         */
        public static Mode of(String keyword) {
            Arguments.required(keyword, "EarlyStopping.Mode.of", "keyword", "auto, min or max");
            return Arrays.stream(values())
                    .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(keyword))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Unknown mode '" + keyword + "' of early stopping; there are auto, min, max"));
        }
    }

    /**
     * Checks the parts.
     *
     * @throws NullPointerException     if monitor or mode is null
     * @throws IllegalArgumentException if patience or minDelta is negative
     */
    public EarlyStopping {
        Arguments.required(monitor, "EarlyStopping", "monitor", "the name of a loss or metric, for example val_loss");
        Arguments.required(mode, "EarlyStopping", "mode", "Mode.AUTO, MIN or MAX");
        if (patience < 0) {
            throw new IllegalArgumentException("patience must be at least 0 epochs, got " + patience);
        }
        if (!(minDelta >= 0)) {
            throw new IllegalArgumentException("minDelta must be at least 0, got " + minDelta);
        }
    }

    /**
     * Watches {@code val_loss} and restores the best weights.
     *
     * @param patience epochs without improvement that are borne
     * @return a callback for {@link Trainer#callbacks}
     */
    public static EarlyStopping patience(int patience) {
        return new EarlyStopping("val_loss", patience, 0, true, Mode.AUTO);
    }

    /**
     * Watches something else.
     *
     * @param monitor name of a loss or metric
     * @return this, changed
     */
    public EarlyStopping monitor(String monitor) {
        return new EarlyStopping(monitor, patience, minDelta, restoreBestWeights, mode);
    }

    /**
     * Asks for more than any improvement.
     *
     * @param delta a smaller improvement is none; at least 0
     * @return this, changed
     */
    public EarlyStopping minDelta(double delta) {
        return new EarlyStopping(monitor, patience, delta, restoreBestWeights, mode);
    }

    /**
     * Whether the model ends with the weights of its best epoch.
     *
     * @param value false for those of the last
     * @return this, changed
     */
    public EarlyStopping restoreBestWeights(boolean value) {
        return new EarlyStopping(monitor, patience, minDelta, value, mode);
    }

    /**
     * Says which way is better, where the loss or metric should not decide.
     *
     * @param mode default {@link Mode#AUTO}
     * @return this, changed
     */
    public EarlyStopping mode(Mode mode) {
        return new EarlyStopping(monitor, patience, minDelta, restoreBestWeights, mode);
    }

    /**
     * As {@link #mode(Mode)}, by Keras's name.
     *
     * @param keyword auto, min or max
     * @return this, changed
     * @throws IllegalArgumentException naming the modes there are
     */
    public EarlyStopping mode(String keyword) {
        return mode(Mode.of(keyword));
    }

    /** @throws IllegalArgumentException if nothing of the monitor's name will be reported */
    @Override
    public Callback begin(Training training) {
        Arguments.required(training, "EarlyStopping.begin", "training", "the training");
        if (!training.reported().contains(monitor)) {
            throw new IllegalArgumentException("Early stopping watches '" + monitor
                    + "', which is not reported; there are " + training.reported()
                    + (monitor.startsWith("val_") ? ". Give the trainer validation data: .validation(0.2)" : ""));
        }
        return new Watch(training);
    }

    /** One training's memory. */
    private final class Watch implements Callback {
        private final boolean higher;
        private final ParameterBlock best;
        /** Numbers that layers keep themselves go with the weights they were seen under. */
        private final ParameterBlock bestBuffers;
        private double bestValue = Double.NaN;
        private int bestEpoch;
        private int waited;

        Watch(Training training) {
            higher = mode == Mode.AUTO ? training.isHigherBetter(monitor) : mode == Mode.MAX;
            best = restoreBestWeights
                    ? training.network().parameters().twin(training.arena(), "best weights")
                    : null;
            bestBuffers = restoreBestWeights
                    ? training.network().buffers().twin(training.arena(), "best buffers")
                    : null;
        }

        @Override
        public void onEpochEnd(Training training, Map<String, Double> report) {
            double value = report.get(monitor);
            if (isBetter(value)) {
                waited = 0;
                if (best != null) {
                    training.copyWeights(best, bestEpoch == 0);
                    training.network().buffers().copyTo(bestBuffers);
                }
                bestValue = value;
                bestEpoch = training.epoch();
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
                best.copyTo(training.network().parameters());
                bestBuffers.copyTo(training.network().buffers());
            }
        }
    }
}
