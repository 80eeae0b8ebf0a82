/// The scalar twins: the exact oracle of every SIMD kernel, written without the Vector API.
package dev.gatun.engine.kernel.scalar;
