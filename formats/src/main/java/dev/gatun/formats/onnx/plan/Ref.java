package dev.gatun.formats.onnx.plan;

/**
 * An output of a call.
 *
 * @param call   that makes it
 * @param output in the counting of the layer's {@link LayerChoice}
 */
public record Ref(PlannedCall call, int output) {}
