package dev.gatun.layers.train;

import dev.gatun.layers.OptionValues;
import dev.gatun.memory.check.Arguments;

/**
 * What an optimizer is set to.
 *
 * @param values   of its options, the learning rate among them
 * @param clipping what is done to gradients first; {@link Clipping#NONE} for nothing
 */
public record OptimizerConfiguration(OptionValues values, Clipping clipping) {

    /**
     * Refuses what is missing.
     *
     * @throws NullPointerException naming what is missing
     */
    public OptimizerConfiguration {
        Arguments.required(values, "OptimizerConfiguration", "values", "those of the class's options");
        Arguments.required(clipping, "OptimizerConfiguration", "clipping", "Clipping.NONE for none");
    }
}
