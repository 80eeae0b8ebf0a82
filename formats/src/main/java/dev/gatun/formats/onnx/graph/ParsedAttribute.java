package dev.gatun.formats.onnx.graph;

import java.util.List;

/** The value of an attribute of a node, of one of ONNX's kinds. */
public sealed interface ParsedAttribute {

    /** INT. */
    record Whole(long value) implements ParsedAttribute {}

    /** FLOAT. */
    record Real(float value) implements ParsedAttribute {}

    /** STRING. */
    record Text(String value) implements ParsedAttribute {}

    /** INTS. */
    record Wholes(List<Long> values) implements ParsedAttribute {
        public long[] toArray() {
            return values.stream().mapToLong(Long::longValue).toArray();
        }
    }

    /** FLOATS. */
    record Reals(List<Float> values) implements ParsedAttribute {}

    /** STRINGS. */
    record Texts(List<String> values) implements ParsedAttribute {}

    /** TENSOR. */
    record Numbers(NumberArray value) implements ParsedAttribute {}

    /** GRAPH. */
    record Body(ParsedGraph graph) implements ParsedAttribute {}

    /** A kind that no operator read here has: GRAPHS, TENSORS, SPARSE_TENSOR, TYPE_PROTO. */
    record Other(String kind) implements ParsedAttribute {}
}
