package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.RowsView;

/**
 * What a cell works on that projects h.
 *
 * @param unprojected what is projected [(T+1) B, U], rows as those of h
 * @param gradient    of that for one step [B, U], or null in a plan that only goes forward
 * @param dh          gradients of h after each step [T B, P], or null
 * @param pack        place for the transposed projection, or null
 */
public record ProjectionMemory(RowsView unprojected, RowsView gradient, RowsView dh, RowsView pack) {}
