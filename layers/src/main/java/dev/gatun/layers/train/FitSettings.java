package dev.gatun.layers.train;

import java.util.List;

/**
 * How a fit goes over its samples.
 *
 * @param epochs    number of the last one
 * @param batchSize samples of a step
 * @param isShuffled whether each epoch has an order of its own
 * @param callbacks told in this order
 */
record FitSettings(int epochs, int batchSize, boolean isShuffled, List<Callback> callbacks) {

    static final FitSettings KERAS = new FitSettings(1, 32, true, List.of());

    FitSettings withEpochs(int count) {
        return new FitSettings(count, batchSize, isShuffled, callbacks);
    }

    FitSettings withBatchSize(int samples) {
        return new FitSettings(epochs, samples, isShuffled, callbacks);
    }

    FitSettings shuffled(boolean value) {
        return new FitSettings(epochs, batchSize, value, callbacks);
    }

    FitSettings withCallbacks(List<Callback> others) {
        return new FitSettings(epochs, batchSize, isShuffled, others);
    }
}
