/// A graph of ONNX nodes in plain Java: what layers write themselves as, and what a writer of files reads. It knows no layer.
package dev.gatun.layers.onnx;
