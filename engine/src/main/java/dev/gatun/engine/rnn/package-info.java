/// The recurrent loop: over time forward and back, its partitions among threads, and layers side by side in time. It knows no
/// cell; `engine.cell` has them.
package dev.gatun.engine.rnn;
