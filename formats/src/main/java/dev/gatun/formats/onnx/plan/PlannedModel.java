package dev.gatun.formats.onnx.plan;

import java.util.List;

/**
 * What a model is made of.
 *
 * @param name    of the model
 * @param inputs  whose layers are inputs
 * @param outputs what it gives
 */
public record PlannedModel(String name, List<Ref> inputs, List<Ref> outputs) {}
