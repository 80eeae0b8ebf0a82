package dev.gatun.layers.type.attention;

/**
 * The sizes of one head of one sample.
 *
 * @param time       T, steps of the query
 * @param keys       S, steps of keys and values
 * @param width      H, of queries and keys
 * @param valueWidth V, of values
 */
record AttentionSizes(int time, int keys, int width, int valueWidth) {}
