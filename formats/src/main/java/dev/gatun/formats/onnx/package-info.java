/// ONNX files: as models of layers, and run as they stand.
package dev.gatun.formats.onnx;
