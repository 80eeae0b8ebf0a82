package dev.gatun.formats;

import dev.gatun.layers.WeightRole;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** The weights a graph will have, known before a byte is taken for them: readers hold a file against it. */
public final class WeightShapes {

    private WeightShapes() {}

    /**
     * The shape of every weight of a graph.
     *
     * @param graph of a model; layers without weights are passed over
     * @return shapes by {@code layer/weight}, in the model's order; a new map
     * @throws NullPointerException if the graph is null
     */
    public static SequencedMap<String, Shape> of(Graph graph) {
        Arguments.required(graph, "WeightShapes.of", "graph", "a graph");
        return of(graph, EnumSet.allOf(WeightRole.class));
    }

    /**
     * The shape of every weight that an optimizer changes.
     *
     * @param graph of a model
     * @return shapes by {@code layer/weight}, in the model's order; a new map
     * @throws NullPointerException if the graph is null
     */
    public static SequencedMap<String, Shape> trained(Graph graph) {
        Arguments.required(graph, "WeightShapes.trained", "graph", "a graph");
        return of(graph, EnumSet.of(WeightRole.TRAINED));
    }

    private static SequencedMap<String, Shape> of(Graph graph, Set<WeightRole> roles) {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        for (Graph.NamedLayer layer : graph.flat().layers()) {
            if (layer.built() != null) {
                for (WeightSpec spec : layer.built().weights()) {
                    if (roles.contains(spec.role())) {
                        shapes.put(layer.name() + "/" + spec.name(), spec.shape());
                    }
                }
            }
        }
        return shapes;
    }

    /**
     * The size of all weights together as float32.
     *
     * @param shapes by name, a size on every axis
     * @return bytes; {@link Long#MAX_VALUE} if the sum does not fit 63 bits
     * @throws NullPointerException             if the map or something in it is null
     * @throws dev.gatun.memory.ShapeException if a size is unknown, or one weight alone does not fit 63 bits
     */
    public static long bytes(Map<String, Shape> shapes) {
        Arguments.all(shapes, "WeightShapes.bytes", "shapes", "shapes by name");
        long sum = 0;
        for (Shape shape : shapes.values()) {
            long bytes = shape.floatBytes();
            sum = sum > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : sum + bytes;
        }
        return sum;
    }
}
