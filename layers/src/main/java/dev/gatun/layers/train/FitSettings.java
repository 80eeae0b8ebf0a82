package dev.gatun.layers.train;

import java.util.List;

/**
 * How a fit goes over its samples.
 *
 * @param epochs    number of the last one
 * @param batchSize samples of a step
 * @param isShuffled whether each epoch has an order of its own
 * @param callbacks told in this order
 * @param validation what is measured on after each epoch
 */
record FitSettings(int epochs, int batchSize, boolean isShuffled, List<Callback> callbacks,
        ValidationSettings validation) {

    static final FitSettings KERAS = new FitSettings(1, 32, true, List.of(), ValidationSettings.NONE);

    FitSettings withEpochs(int count) {
        return new FitSettings(count, batchSize, isShuffled, callbacks, validation);
    }

    FitSettings withBatchSize(int samples) {
        return new FitSettings(epochs, samples, isShuffled, callbacks, validation);
    }

    FitSettings shuffled(boolean value) {
        return new FitSettings(epochs, batchSize, value, callbacks, validation);
    }

    FitSettings withCallbacks(List<Callback> others) {
        return new FitSettings(epochs, batchSize, isShuffled, others, validation);
    }

    FitSettings validated(ValidationSettings other) {
        return new FitSettings(epochs, batchSize, isShuffled, callbacks, other);
    }
}
