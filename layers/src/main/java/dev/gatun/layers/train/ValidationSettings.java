package dev.gatun.layers.train;

import dev.gatun.memory.ShapeException;

/**
 * What is measured on after each epoch: a share of the training data, or other data, or nothing.
 *
 * @param fraction share of the samples, the last ones; 0 for none
 * @param samples  other data, or null
 */
record ValidationSettings(double fraction, Samples samples) {

    static final ValidationSettings NONE = new ValidationSettings(0, null);

    /**
     * How many of the samples are trained on.
     *
     * @throws ShapeException if nothing is left on one side
     */
    int trained(int count) {
        int split = fraction == 0 ? count : (int) Math.floor(count * (1 - fraction));
        if (split == 0 || fraction > 0 && split == count) {
            throw new ShapeException("A validation fraction of " + fraction + " of " + count
                    + " sample(s) leaves nothing on one side; give more samples or another fraction");
        }
        return split;
    }
}
