/// Models written as ONNX files.
package dev.gatun.formats.onnx.writing;
