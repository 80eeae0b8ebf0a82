/// Recurrent layers.
package dev.gatun.layers.rnn;
