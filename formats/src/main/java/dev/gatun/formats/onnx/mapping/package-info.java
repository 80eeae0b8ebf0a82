/// ONNX graphs to models, node by node.
package dev.gatun.formats.onnx.mapping;
