/**
 * Loops over blocks of floats: each class is the door to a family of kernels, and alone chooses between SIMD and scalar twin.
 */
package dev.gatun.engine.block;
