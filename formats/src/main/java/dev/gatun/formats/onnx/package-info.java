/// ONNX files, as models or run as they stand.
package dev.gatun.formats.onnx;
