package dev.gatun.layers.train;

import java.util.Map;

/**
 * Told of what happens in a training: for progress bars, learning rates, stopping. Called on the training's own thread.
 * Between calls nothing of the model may be touched from other threads. A callback may use and change the model, but not
 * train or close it.
 *
 * <p>What a callback throws ends the training, and no epoch that was done is lost: the model has weights and moments as they
 * were when the last good epoch ended, before any callback was told of it, and can be resumed. The exception passes to the
 * caller of {@code fit} with a {@link TrainingException} among its suppressed ones, which holds the history.
 */
public interface Callback {

    /**
     * Called once when a training begins.
     *
     * @param training the training under way
     * @return who is told of this training: the callback itself, or one with a memory of its own
     */
    default Callback begin(Training training) {
        return this;
    }

    /**
     * Before the first step of an epoch.
     *
     * @param training the training under way
     */
    default void onEpochBegin(Training training) {}

    /**
     * After each step; {@link Training#batch} and {@link Training#loss} say how far and how well.
     *
     * @param training the training under way
     */
    default void onBatchEnd(Training training) {}

    /**
     * After an epoch.
     *
     * @param training the training under way
     * @param report   what the epoch reports, validation included
     */
    default void onEpochEnd(Training training, Map<String, Double> report) {}

    /**
     * After the last epoch; not called if the training failed or was interrupted. If one callback throws here, the others are
     * told all the same, and the model stays as they leave it: the training is done.
     *
     * @param training the training that ended
     */
    default void onTrainingEnd(Training training) {}
}
