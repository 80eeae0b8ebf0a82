/// SIMD kernels. Each has a scalar twin of the same name and signature in `dev.gatun.engine.kernel.scalar`, and gives the same bits.
package dev.gatun.engine.kernel;
