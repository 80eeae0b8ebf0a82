package dev.gatun.formats.onnx.graph;

import dev.gatun.formats.tensors.NumberType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a graph.
 *
 * @param name unique in the graph
 * @param type of its numbers; null if the file does not say
 * @param axes its sizes; null if the file does not say how many it has
 */
public record ParsedValue(String name, NumberType type, List<Axis> axes) {

    /** Stands for a size that the file does not know. */
    public static final long UNKNOWN = -1;

    /**
     * An axis.
     *
     * @param size   {@link #UNKNOWN} if it is known only when the model runs
     * @param symbol the name of an unknown size, or empty
     */
    public record Axis(long size, String symbol) {
        @Override
        public String toString() {
            return size != UNKNOWN ? String.valueOf(size) : symbol.isEmpty() ? "?" : symbol;
        }
    }

    /** Sizes and symbols, for messages. */
    public String shape() {
        return axes == null
                ? "[...]"
                : axes.stream().map(Axis::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
