/// Recurrent cells that a graph has written out, as products, sums and activations.
package dev.gatun.formats.onnx.mapping.cell;
