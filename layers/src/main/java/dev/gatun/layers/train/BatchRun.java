package dev.gatun.layers.train;

import dev.gatun.layers.runtime.CarriedRows;

/**
 * The steps that one batch of samples makes: one, or with truncated back-propagation through time one for each chunk of its
 * sequences, with the states of the recurrent layers carried from chunk to chunk.
 *
 * @param first   of all chunks, or all but the last
 * @param last    of the last chunk; null if there is only one
 * @param time    steps of the samples, 1 if they have none
 * @param chunk   steps of a chunk, at most
 * @param carried rows of the states; null if there is only one chunk
 */
record BatchRun(Batch first, Batch last, int time, int chunk, CarriedRows carried) {

    int size() {
        return first.size();
    }

    int parts() {
        return last == null ? 1 : (time - 1) / chunk + 1;
    }

    /** The part of a sequence that a chunk is. */
    double share(int part) {
        return last == null ? 1 : Math.min(chunk, time - part * (double) chunk) / time;
    }

    /** Asks the model for the executions again. */
    void refresh() {
        first.refresh();
        if (last != null) {
            last.refresh();
        }
    }

    /**
     * A batch that is loaded for its step.
     *
     * @param order numbers of samples, of which the batch takes {@code order[from ...]}; null for {@code from ...}
     * @param part  number of the chunk; chunks come in order
     */
    Batch load(CheckedSamples samples, int[] order, int from, int part) {
        if (last == null) {
            first.load(samples, order, from);
            return first;
        }
        if (part == 0) {
            carried.zero();
        }
        Batch batch = part < parts() - 1 ? first : last;
        batch.load(samples, order, from, part * chunk, carried.rows());
        return batch;
    }
}
