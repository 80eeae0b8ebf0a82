/// ONNX files as plain records: what is read of them, without the classes of protobuf.
package dev.gatun.formats.onnx.graph;
