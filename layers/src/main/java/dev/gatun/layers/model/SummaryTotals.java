package dev.gatun.layers.model;

/**
 * The counts below a summary's table, each weight counted once however many layers share it.
 *
 * @param trainable numbers the optimizer may change
 * @param nonTrainable numbers it may not
 * @param optimizer numbers the optimizer keeps for itself, its step counter and learning rate included; 0, and no line
 *     about it, while there is no optimizer or it has not met the weights
 */
public record SummaryTotals(long trainable, long nonTrainable, long optimizer) {}
