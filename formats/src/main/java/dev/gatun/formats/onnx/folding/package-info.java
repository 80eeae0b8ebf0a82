/// Arithmetic on numbers that a graph brings with it, done while it is read.
package dev.gatun.formats.onnx.folding;
