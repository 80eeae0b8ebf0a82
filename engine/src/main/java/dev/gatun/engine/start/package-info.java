/// The first second of a process: SIMD kernels are compiled beside the first predictions.
package dev.gatun.engine.start;
