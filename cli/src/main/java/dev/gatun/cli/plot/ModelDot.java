package dev.gatun.cli.plot;

import dev.gatun.layers.graph.Graph;
import dev.gatun.memory.Shape;
import java.util.stream.Collectors;

/** A model's layers as a graph in Graphviz's language. */
public final class ModelDot {

    private ModelDot() {}

    /**
     * Writes a graph.
     *
     * @param graph of a model's layers
     * @return text for the program {@code dot}
     */
    public static String of(Graph graph) {
        StringBuilder dot = new StringBuilder("digraph " + quoted(graph.name()) + " {\n"
                + "    node [shape=box, style=rounded, fontname=\"Helvetica\"];\n");
        for (int i = 0; i < graph.steps().size(); i++) {
            Graph.Step step = graph.steps().get(i);
            Graph.NamedLayer layer = graph.layerOf(step);
            String shapes = step.outputShapes().stream().map(Shape::toString).collect(Collectors.joining(", "));
            dot.append("    s").append(i).append(" [label=").append(quoted(
                    layer.name() + " (" + layer.layer().kind() + ")\n" + shapes)).append("];\n");
        }
        for (int i = 0; i < graph.steps().size(); i++) {
            for (Graph.Ref ref : graph.steps().get(i).arguments().all()) {
                dot.append("    s").append(ref.step()).append(" -> s").append(i).append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
