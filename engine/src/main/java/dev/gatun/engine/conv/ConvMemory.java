package dev.gatun.engine.conv;

import dev.gatun.engine.gemm.RowsView;

/**
 * Memory that a convolution needs beside its values.
 *
 * @param scratch    of each thread
 * @param transposed {@link ConvKernel#transposedBytes} for the transposed kernel, or null where none is needed
 * @param packs      {@code WeightGradient} scratch of each thread, or null without a way back to the weights
 * @param zeros      a row of zeros, as long as the longest row that goes in or comes out
 */
public record ConvMemory(TapScratch scratch, RowsView transposed, RowsView packs, RowsView zeros) {}
