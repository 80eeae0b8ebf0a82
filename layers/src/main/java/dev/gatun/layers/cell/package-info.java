/// What a user's own cell is written against: one step of a recurrent layer, forward and back. The layer runs it over time.
package dev.gatun.layers.cell;
