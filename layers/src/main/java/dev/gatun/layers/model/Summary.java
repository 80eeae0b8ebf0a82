package dev.gatun.layers.model;

import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/** What {@link SummaryTable} prints about a model. */
final class Summary {

    private Summary() {}

    static String text(Model model) {
        Graph graph = model.graph();
        boolean chain = graph.sequential() || isChain(graph);
        List<SummaryRow> rows = new ArrayList<>();
        for (int layer = 0; layer < graph.layers().size(); layer++) {
            Graph.NamedLayer named = graph.layers().get(layer);
            if (graph.sequential() && named.built() == null) {
                continue;
            }
            rows.add(new SummaryRow(
                    named.name(), named.layer().kind(), shapes(graph, layer), parameters(named),
                    connections(graph, layer)));
        }
        long optimizer = model.trainingState().map(TrainingState::summaryCount).orElse(0L);
        return SummaryTable.text(model.name(), rows, chain, new SummaryTotals(model.parameterCount(), 0, optimizer));
    }

    /** Every layer called once, on one value, and nothing branches. */
    private static boolean isChain(Graph graph) {
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1) {
            return false;
        }
        for (int index = 0; index < graph.steps().size(); index++) {
            Graph.Step step = graph.steps().get(index);
            int self = index;
            long readers = graph.steps().stream()
                    .flatMap(other -> other.inputs().stream())
                    .filter(ref -> ref.step() == self)
                    .count();
            if (step.callIndex() > 0 || step.inputs().size() > 1 || readers > 1) {
                return false;
            }
        }
        return true;
    }

    private static long parameters(Graph.NamedLayer layer) {
        return layer.built() == null
                ? 0
                : layer.built().weights().stream().map(WeightSpec::shape).mapToLong(Shape::elements).sum();
    }

    private static List<Shape> shapes(Graph graph, int layer) {
        return graph.steps().stream()
                .filter(step -> step.layer() == layer && step.callIndex() == 0)
                .findFirst()
                .orElseThrow()
                .outputShapes();
    }

    private static List<String> connections(Graph graph, int layer) {
        List<String> connections = new ArrayList<>();
        for (Graph.Step step : graph.steps()) {
            if (step.layer() == layer) {
                for (Graph.Ref ref : step.inputs()) {
                    Graph.Step from = graph.steps().get(ref.step());
                    connections.add(graph.layerOf(from).name() + "[" + from.callIndex() + "][" + ref.output() + "]");
                }
            }
        }
        return connections;
    }
}
