package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.onnx.folding.FoldingWork;
import dev.gatun.formats.onnx.graph.NumberArray;
import dev.gatun.formats.onnx.graph.ParsedGraph;
import dev.gatun.formats.onnx.graph.ParsedModel;
import dev.gatun.formats.onnx.graph.ParsedNode;
import dev.gatun.formats.onnx.graph.ParsedValue;
import dev.gatun.formats.onnx.plan.LayerChoice;
import dev.gatun.formats.onnx.plan.PlannedLayer;
import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.formats.onnx.value.Constant;
import dev.gatun.formats.onnx.value.Factor;
import dev.gatun.formats.onnx.value.Lost;
import dev.gatun.formats.onnx.value.Sizes;
import dev.gatun.formats.onnx.value.Value;
import dev.gatun.layers.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One attempt to map a graph, under assumptions about its inputs. */
final class GraphMapping {

    private final ParsedModel model;
    private final FoldingWork foldingWork;
    private final GraphInputs inputs;
    private final Factor batch;
    private final Arrangement arrangement = new Arrangement(this);
    private final Map<String, Value> values = new HashMap<>();
    private final Map<Factor, StepReader> loops = new HashMap<>();
    private final Map<Object, PlannedLayer> shared = new HashMap<>();
    private final Map<String, String> unusable = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** @param foldingWork of all attempts */
    GraphMapping(ParsedModel model, List<InputForm> forms, FoldingWork foldingWork) {
        this.model = model;
        this.foldingWork = foldingWork;
        List<ParsedValue> required = model.graph().required();
        this.batch = Factor.batch(declared(required, forms));
        this.inputs = new GraphInputs(required, forms, batch);
    }

    /** What the first input that has one says of the size of the batch. */
    private static long declared(List<ParsedValue> inputs, List<InputForm> forms) {
        for (int input = 0; input < inputs.size(); input++) {
            if (GraphInputs.isUsable(inputs.get(input))) {
                return inputs.get(input).axes().get(forms.get(input).batch()).size();
            }
        }
        return Factor.UNKNOWN;
    }

    /** @throws Evidence if an input is to be read otherwise */
    void run() {
        ParsedGraph graph = model.graph();
        for (int input = 0; input < graph.required().size(); input++) {
            ParsedValue value = graph.required().get(input);
            if (inputs.tracked(input) == null) {
                unusable.put(value.name(), GraphInputs.unusable(value));
            } else {
                values.put(value.name(), inputs.tracked(input));
            }
        }
        graph.outputs().forEach(output -> read.add(output.name()));
        noteReads(graph);
        run(graph);
    }

    private void noteReads(ParsedGraph graph) {
        graph.nodes().forEach(node -> read.addAll(node.inputs()));
    }

    /** A graph within a node, which reads what is around it. */
    void runBody(ParsedGraph graph) {
        noteReads(graph);
        graph.outputs().forEach(output -> read.add(output.name()));
        run(graph);
    }

    FoldingWork foldingWork() {
        return foldingWork;
    }

    /** Maps a body in which a size stands for the number of a step. */
    <T> T within(Factor number, StepReader reader, Supplier<T> body) {
        loops.put(number, reader);
        try {
            return body.get();
        } finally {
            loops.remove(number);
        }
    }

    /** What reads the step of this number; null if it is the number of none. */
    StepReader loop(Sizes number) {
        return number.entries().size() == 1 && number.entries().getFirst().factors().size() == 1
                ? loops.get(number.entries().getFirst().factors().getFirst())
                : null;
    }

    private void run(ParsedGraph graph) {
        for (Map.Entry<String, NumberArray> initializer : graph.initializers().entrySet()) {
            values.put(initializer.getKey(), Constant.of(initializer.getValue()));
        }
        GeluNodes.joined(graph).forEach(this::map);
    }

    private void map(ParsedNode node) {
        List<Value> read = new ArrayList<>();
        Set<String> lost = new LinkedHashSet<>();
        for (String input : node.inputs()) {
            Value value = input.isEmpty() ? null : values.get(input);
            if (unusable.containsKey(input)) {
                lost.add(node.label() + " reads " + unusable.get(input));
            } else if (value instanceof Lost before) {
                lost.addAll(before.reasons());
            }
            read.add(value);
        }
        if (lost.isEmpty()) {
            String reason = mapped(node, new NodeCall(node, this, read));
            if (reason == null) {
                return;
            }
            lost.add(reason);
        }
        for (String output : node.outputs()) {
            values.put(output, new Lost(lost));
        }
    }

    /** @return why it could not be mapped; null if it was */
    private String mapped(ParsedNode node, NodeCall call) {
        NodeMapping mapping = node.domain().isEmpty() ? NodeMappings.find(node.operator()) : null;
        try {
            if (mapping != null) {
                mapping.map(call);
            } else if (call.isOfNumbers()) {
                call.putFolded();
            } else {
                return node.label() + " is an operator that is no layer";
            }
            return null;
        } catch (Evidence said) {
            throw said;
        } catch (NotMapped told) {
            return node.label() + " " + told.getMessage();
        } catch (IllegalArgumentException | ArithmeticException told) {
            return node.label() + ": " + FormatException.reason(told);
        } catch (IndexOutOfBoundsException | NullPointerException | ClassCastException
                | NegativeArraySizeException unfit) {
            return node.label() + " reads values, or has attributes, that do not fit the operator";
        }
    }

    /** Whether its values lie in the file as in the model it was written from. */
    boolean isGatuns() {
        return model.isGatuns();
    }

    int opset() {
        return model.opset();
    }

    Factor batch() {
        return batch;
    }

    GraphInputs inputs() {
        return inputs;
    }

    Arrangement arrangement() {
        return arrangement;
    }

    /** Sizes that are all known are numbers. */
    void put(String name, Value value) {
        values.put(name, value instanceof Sizes sizes && sizes.isNumbers() ? sizes.known() : value);
    }

    /** Null if nothing makes it. */
    Value value(String name) {
        return values.get(name);
    }

    /** Whether anything reads a value. */
    boolean isRead(String name) {
        return !name.isEmpty() && read.contains(name);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    Set<String> notes() {
        return notes;
    }

    /** A layer without weights that stands for no node. */
    PlannedLayer plain(String wish, Layer layer) {
        return new PlannedLayer(wish, LayerChoice.of(layer), List.of(), "");
    }

    /** A layer without weights. */
    PlannedLayer layer(NodeCall call, Layer layer) {
        return layer(call, LayerChoice.of(layer), List.of());
    }

    PlannedLayer layer(NodeCall call, LayerChoice choice, List<PlannedWeight> weights) {
        return new PlannedLayer(call.wish(), choice, weights, call.node().label());
    }

    /** One layer for equal keys: what uses one weight twice is one layer that is called twice. */
    PlannedLayer shared(Object key, Supplier<PlannedLayer> make) {
        return shared.computeIfAbsent(key, absent -> make.get());
    }
}
