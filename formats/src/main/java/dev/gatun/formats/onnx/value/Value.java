package dev.gatun.formats.onnx.value;

/** What a value of an ONNX graph is known to be. */
public sealed interface Value permits Constant, Sizes, Tracked, Lost {}
