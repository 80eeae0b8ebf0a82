/// ONNX files: run as they stand.
package dev.gatun.formats.onnx;
