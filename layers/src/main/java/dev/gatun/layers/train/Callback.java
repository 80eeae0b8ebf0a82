package dev.gatun.layers.train;

import java.util.Map;

/**
 * Told of what happens in a training: for progress bars, learning rates, stopping. Called on the training's own thread; what
 * it throws ends the training. Between calls nothing of the model may be touched from other threads.
 */
public interface Callback {

    /**
     * Called once when a training begins.
     *
     * @return who is told of this training: the callback itself, or one with a memory of its own
     */
    default Callback begin(Training training) {
        return this;
    }

    default void onEpochBegin(Training training) {}

    /** After each step; {@link Training#batch} and {@link Training#loss} say how far and how well. */
    default void onBatchEnd(Training training) {}

    /** @param report what the epoch reports, validation included */
    default void onEpochEnd(Training training, Map<String, Double> report) {}

    /** After the last epoch; not called if the training failed. */
    default void onTrainingEnd(Training training) {}
}
