package dev.gatun.layers.train;

import java.util.List;

/**
 * How a fit goes over its samples.
 *
 * @param epochs    number of the last one
 * @param batchSize samples of a step
 * @param isShuffled whether each epoch has an order of its own
 * @param isGrouped  whether batches are of samples of like lengths
 * @param callbacks told in this order
 * @param validation what is measured on after each epoch
 */
record FitSettings(int epochs, int batchSize, boolean isShuffled, boolean isGrouped, List<Callback> callbacks,
        ValidationSettings validation) {

    static final FitSettings KERAS = new FitSettings(1, 32, true, false, List.of(), ValidationSettings.NONE);

    FitSettings withEpochs(int count) {
        return new FitSettings(count, batchSize, isShuffled, isGrouped, callbacks, validation);
    }

    FitSettings withBatchSize(int samples) {
        return new FitSettings(epochs, samples, isShuffled, isGrouped, callbacks, validation);
    }

    FitSettings shuffled(boolean value) {
        return new FitSettings(epochs, batchSize, value, isGrouped, callbacks, validation);
    }

    FitSettings grouped(boolean value) {
        return new FitSettings(epochs, batchSize, isShuffled, value, callbacks, validation);
    }

    FitSettings withCallbacks(List<Callback> others) {
        return new FitSettings(epochs, batchSize, isShuffled, isGrouped, others, validation);
    }

    FitSettings validated(ValidationSettings other) {
        return new FitSettings(epochs, batchSize, isShuffled, isGrouped, callbacks, other);
    }
}
