package dev.gatun.formats.onnx.graph;

import java.util.Map;

/**
 * What an ONNX file holds.
 *
 * @param file     as a user knows it
 * @param version  of the format ({@code ir_version})
 * @param producer the program that wrote it and its version; may be empty
 * @param opsets   versions of operators by domain; the domain of ONNX itself is the empty text
 * @param graph    what is computed
 * @param metadata texts by name
 */
public record ParsedModel(
        String file, long version, String producer, Map<String, Integer> opsets, ParsedGraph graph,
        Map<String, String> metadata) {

    /** How Gatun calls itself in the files it writes. */
    public static final String GATUN = "gatun";

    /** Whether Gatun wrote it, from a model whose values lie as those of the graph. */
    public boolean isGatuns() {
        return producer.equals(GATUN) || producer.startsWith(GATUN + " ");
    }

    /** The version of ONNX's own operators. */
    public int opset() {
        return opsets.getOrDefault("", 1);
    }
}
