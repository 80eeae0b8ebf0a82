package dev.gatun.formats.onnx.plan;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.value.CallArguments;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a model of what was planned; layers that no output needs are left out. */
public final class ModelBuilding {

    private final PlannedModel planned;
    private final Map<PlannedLayer, Set<Integer>> read = new HashMap<>();
    private final Map<PlannedLayer, Layer> layers = new LinkedHashMap<>();
    private final Map<PlannedCall, LayerCall> calls = new HashMap<>();
    private final NameChoice names = new NameChoice();

    private ModelBuilding(PlannedModel planned) {
        this.planned = planned;
    }

    /**
     * @return a model with its weights, to be closed, and what its layers come from
     * @throws IllegalArgumentException if layers do not go together: names one
     */
    public static Built build(PlannedModel planned) {
        return new ModelBuilding(planned).built();
    }

    /**
     * A model.
     *
     * @param model  to be closed
     * @param layers what they come from
     */
    public record Built(Model model, List<ImportReport.Mapped> layers) {}

    private Built built() {
        List<PlannedCall> order = planned.order();
        planned.outputs().forEach(this::note);
        order.forEach(call -> call.reads().forEach(this::note));
        List<Node> inputs = new ArrayList<>();
        planned.inputs().forEach(input -> inputs.add((Input) layer(input.call().layer())));
        order.forEach(call -> calls.put(call, made(call)));
        Graph graph = Graph.of(planned.name(), false, inputs, planned.outputs().stream().map(this::node).toList());
        Model model = Model.zeros(graph);
        try {
            List<ImportReport.Mapped> mapped = new ArrayList<>();
            layers.forEach((layer, made) -> mapped.add(filled(model, layer, made)));
            return new Built(model, mapped);
        } catch (RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private static ImportReport.Mapped filled(Model model, PlannedLayer layer, Layer made) {
        List<String> lines = new ArrayList<>();
        for (PlannedWeight weight : layer.weights()) {
            model.weight(made.name() + "/" + weight.name()).set(weight.tensor());
            lines.add(weight.line());
        }
        if (!layer.origin().isEmpty()) {
            lines.add("<- " + layer.origin());
        }
        return new ImportReport.Mapped(made.name(), made.kind(), lines);
    }

    private void note(Ref ref) {
        read.computeIfAbsent(ref.call().layer(), layer -> new LinkedHashSet<>()).add(ref.output());
    }

    private Layer layer(PlannedLayer planned) {
        return layers.computeIfAbsent(planned,
                layer -> layer.choice().layer(reads(layer)).named(names.of(layer.wish())));
    }

    private Set<Integer> reads(PlannedLayer layer) {
        return read.getOrDefault(layer, Set.of());
    }

    private LayerCall made(PlannedCall call) {
        Layer layer = layer(call.layer());
        if (layer instanceof Input input) {
            return input.call();
        }
        return layer.call(new CallArguments<>(call.inputs().stream().map(this::node).toList(),
                call.states().stream().map(this::node).toList(), call.mask() == null ? null : node(call.mask())));
    }

    private Node node(Ref ref) {
        PlannedLayer layer = ref.call().layer();
        return calls.get(ref.call()).output(layer.choice().place(ref.output(), reads(layer)));
    }
}
