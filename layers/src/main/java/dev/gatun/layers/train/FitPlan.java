package dev.gatun.layers.train;

import dev.gatun.layers.runtime.Network;

/**
 * What a fit will do, checked.
 *
 * @param training   what is trained on, from the first sample on
 * @param validation what is measured on after each epoch, or null for none; after a split the rest of the training data
 */
record FitPlan(Network network, Objective objective, SampleRange training, SampleRange validation,
        FitSettings settings) {}
