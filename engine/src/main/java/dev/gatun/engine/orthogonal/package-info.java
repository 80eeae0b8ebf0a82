/// Random matrices with orthonormal rows, made of reflections by the engine's own products.
package dev.gatun.engine.orthogonal;
