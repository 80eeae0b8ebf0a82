/// The cells of recurrent layers: what of a time step is elementwise, for the loop of `engine.rnn`.
package dev.gatun.engine.cell;
