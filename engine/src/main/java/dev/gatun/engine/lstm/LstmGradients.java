package dev.gatun.engine.lstm;

import dev.gatun.engine.gemm.Rows;

/**
 * What flows into and out of an LSTM's backward pass; all rows in the workspace segment.
 *
 * @param dSequence     gradient of h at every step [T B, U], or null
 * @param dh            gradient of h, running [B, U]: on entry that of the last step's h (besides dSequence), on return that
 *                      of the initial h
 * @param dc            the same for c
 * @param cellTanh      place for tanh of one step's cell state [B, U]
 * @param dz            gradients of some steps' pre-activations in whole rows [{@link #chunk} B, 4U packed], which products read
 * @param chunk         steps dz holds
 * @param dx            gradient of the input [T B, I], or null if nobody asks
 * @param addToDx       whether dx already holds a gradient to add to
 * @param kernelPack    place for the transposed kernel, or null with dx
 * @param recurrentPack place for the transposed recurrent kernel
 * @param scratch       one {@code WeightGradient} scratch row per team member
 */
public record LstmGradients(
        Rows dSequence, Rows dh, Rows dc, Rows cellTanh, Rows dz, int chunk, Rows dx, boolean addToDx, Rows kernelPack,
        Rows recurrentPack,
        Rows scratch) {}
