package dev.gatun.layers.model;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.train.TrainingState;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What {@link SummaryTable} prints about a model. */
final class Summary {

    private Summary() {}

    static String text(Model model) {
        Graph graph = model.graph();
        List<List<Graph.Step>> calls = graph.calls();
        boolean chain = graph.sequential() || isChain(graph);
        List<SummaryRow> rows = new ArrayList<>();
        for (int layer = 0; layer < graph.layers().size(); layer++) {
            Graph.NamedLayer named = graph.layers().get(layer);
            if (graph.sequential() && named.built() == null) {
                continue;
            }
            rows.add(new SummaryRow(
                    named.name(), named.layer().kind(), calls.get(layer).getFirst().outputShapes(),
                    parameters(named), connections(graph, calls.get(layer))));
        }
        long optimizer = model.trainingState().map(TrainingState::summaryCount).orElse(0L);
        long trainable = model.weights().stream().filter(Weight::isTrainable)
                .mapToLong(weight -> weight.shape().elements()).sum();
        SummaryTotals totals = new SummaryTotals(trainable, model.parameterCount() - trainable, optimizer);
        return SummaryTable.text(model.name(), rows, chain, totals);
    }

    /** Every layer called once, on one value, and nothing branches. */
    private static boolean isChain(Graph graph) {
        if (graph.inputs().size() != 1 || graph.outputs().size() != 1) {
            return false;
        }
        Set<Integer> read = new HashSet<>();
        for (Graph.Step step : graph.steps()) {
            if (step.callIndex() > 0 || step.arguments().all().size() > 1) {
                return false;
            }
            for (Graph.Ref ref : step.arguments().all()) {
                if (!read.add(ref.step())) {
                    return false;
                }
            }
        }
        return true;
    }

    private static long parameters(Graph.NamedLayer layer) {
        return layer.built() == null
                ? 0
                : layer.built().weights().stream().map(WeightSpec::shape).mapToLong(Shape::elements).sum();
    }

    private static List<String> connections(Graph graph, List<Graph.Step> calls) {
        List<String> connections = new ArrayList<>();
        for (Graph.Step step : calls) {
            for (Graph.Ref ref : step.arguments().all()) {
                Graph.Step from = graph.steps().get(ref.step());
                connections.add(graph.layerOf(from).name() + "[" + from.callIndex() + "][" + ref.output() + "]");
            }
        }
        return connections;
    }
}
