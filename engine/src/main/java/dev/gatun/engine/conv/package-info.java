/// Convolutions over time, as products over rows that the taps of a kernel gather.
package dev.gatun.engine.conv;
