package dev.gatun.formats.onnx.value;

import java.util.Set;

/**
 * A value that could not be mapped.
 *
 * @param reasons a sentence for each node whose mapping failed
 */
public record Lost(Set<String> reasons) implements Value {}
