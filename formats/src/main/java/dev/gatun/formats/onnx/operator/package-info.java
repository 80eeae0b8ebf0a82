/// ONNX's operators over arrays on the heap, one class for each family, each operator a row of a table.
package dev.gatun.formats.onnx.operator;
