/// ONNX files as models.
package dev.gatun.formats.onnx;
