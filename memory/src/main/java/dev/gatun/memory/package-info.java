/** Off-heap tensors: shapes with checked sizes, arenas that account for every byte, and plans of who lies where. */
package dev.gatun.memory;
