/// Values of an ONNX graph as a model has them: numbers that are known, sizes, and values of the model with the way their axes lie.
package dev.gatun.formats.onnx.value;
