/// A model to be: layers and calls that are made once it is known which of their outputs are read.
package dev.gatun.formats.onnx.plan;
