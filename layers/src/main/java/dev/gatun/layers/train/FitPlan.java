package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;
import java.util.List;

/**
 * What a fit will do, checked.
 *
 * @param trainingCount   samples {@code 0 .. trainingCount - 1} of the training data are trained on
 * @param validation      where validation samples are, or null for none; the training data themselves after a split
 * @param validationFirst the first of them
 * @param validationCount how many
 */
record FitPlan(
        Network network, Objective objective, CheckedSamples training, int trainingCount, CheckedSamples validation,
        int validationFirst, int validationCount, int epochs, int batchSize, boolean shuffle,
        List<Callback> callbacks) {}
