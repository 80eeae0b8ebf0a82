package dev.gatun.formats.keras.save;

import dev.gatun.layers.ConstantState;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.StepMask;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.nested.Wired;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph of Gatun's as a model of Keras's: one node for each layer, and one for each operation and each step of a mask's. */
final class SavedGraph {

    /** Classes whose calls take a mask by name; Keras writes it there where a call is given one tensor and nothing else. */
    private static final Set<String> TAKE_MASKS = Set.of("LSTM", "GRU", "SimpleRNN", "RNN", "BatchNormalization",
            "GlobalAveragePooling1D", "Softmax", "TimeDistributed", "Bidirectional", "Functional", "Sequential");

    private final Graph graph;
    private final Map<Nested, SavedModel> models;
    private final LayerForm form;
    private final SavedNames names;
    private final Operations operations;
    private final SavedMasks masks;
    private final Map<Graph.Ref, Object> values = new HashMap<>();
    private final Map<Integer, SavedNode> nodes = new LinkedHashMap<>();

    private SavedGraph(Graph graph, Map<Nested, SavedModel> models) {
        this.graph = graph;
        this.models = models;
        this.form = new LayerForm(this::within);
        this.names = new SavedNames(graph.layers().stream().map(Graph.NamedLayer::name).toList());
        this.operations = new Operations(names);
        this.masks = new SavedMasks(operations);
    }

    /**
     * The model.
     *
     * @param models takes the models that are layers
     * @throws IllegalArgumentException naming the layer that Keras cannot hold, and why
     */
    static SavedModel of(Graph graph, Map<Nested, SavedModel> models) {
        return new SavedGraph(graph, models).model();
    }

    private SavedModel within(Nested nested) {
        SavedModel known = models.get(nested);
        if (known == null) {
            Wired wired = nested.model();
            known = of(Graph.of(wired.name(), wired.isSequential(), wired.inputs(), wired.outputs()), models);
            models.put(nested, known);
        }
        return known;
    }

    private SavedModel model() {
        for (int step = 0; step < graph.steps().size(); step++) {
            add(step, graph.steps().get(step));
        }
        List<SavedTensor> inputs = graph.inputs().stream().map(step -> tensor(new Graph.Ref(step, 0))).toList();
        List<SavedTensor> outputs = graph.outputs().stream().map(this::tensor).toList();
        List<SavedNode> order = NodeOrder.of(outputs);
        // A chain of Keras's holds layers alone, and finds their masks when it is built.
        boolean isChain = graph.sequential()
                && graph.layers().stream().noneMatch(named -> OperationForm.isOperation(named.layer()));
        return new SavedModel(graph.name(), isChain,
                isChain ? order.stream().filter(SavedNode::isLayer).toList() : order, inputs, outputs);
    }

    private void add(int index, Graph.Step step) {
        Graph.NamedLayer named = graph.layerOf(step);
        Layer layer = named.layer();
        if (layer instanceof Input input) {
            SavedNode node = new SavedNode(named.name(), layer, form.of(layer, named.name()));
            values.put(new Graph.Ref(index, 0), node.output(0, step.outputShapes().getFirst(), LayerForm.dtype(input)));
        } else if (layer instanceof ConstantState) {
            values.put(new Graph.Ref(index, 0), SavedObject.special("__tensor__", constant(layer)));
        } else if (layer instanceof StepMask) {
            SavedTensor read = tensor(step.arguments().input());
            values.put(new Graph.Ref(index, 0),
                    read.isBool() ? read : operations.cast(read, SavedTensor.BOOL));
        } else if (OperationForm.isOperation(layer)) {
            values.put(new Graph.Ref(index, 0), new OperationForm(operations).of(
                    names.ofLayer(named.name(), step.callIndex()), layer, data(step),
                    step.outputShapes().getFirst()));
        } else {
            call(index, step, named);
        }
    }

    private static Map<String, Object> constant(Layer layer) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("value", layer.config().get("value"));
        config.put("dtype", SavedTensor.FLOAT32);
        return config;
    }

    private void call(int index, Graph.Step step, Graph.NamedLayer named) {
        Layer layer = named.layer();
        SavedNode node = nodes.computeIfAbsent(step.layer(),
                none -> new SavedNode(named.name(), layer, form.of(layer, named.name())));
        List<SavedTensor> data = data(step).stream().map(value -> asRead(named, value)).toList();
        List<Object> states = step.arguments().initialState().stream().map(values::get).toList();
        SavedTensor mask = mask(step, named, data);
        node.calls().add(CallForm.of(layer, data, states, mask));
        String dtype = LayerForm.dtype(named.built().makes());
        List<SavedTensor> made = new ArrayList<>();
        List<Shape> shapes = step.outputShapes();
        for (int output = 0; output < shapes.size(); output++) {
            SavedTensor value = node.output(output, shapes.get(output), dtype);
            values.put(new Graph.Ref(index, output), value);
            made.add(value);
        }
        masks.add(layer, data, mask, made);
    }

    /** What a comparison makes is true or false in Keras, and a layer reads numbers. */
    private SavedTensor asRead(Graph.NamedLayer reader, SavedTensor value) {
        boolean isNumber = reader.built().takes(0, ValueType.FLOAT32) && !value.node().isLayer() && value.isBool();
        return isNumber ? operations.cast(value, SavedTensor.FLOAT32) : value;
    }

    /** The mask that a call is given by name; null for none. */
    private SavedTensor mask(Graph.Step step, Graph.NamedLayer named, List<SavedTensor> data) {
        CallArguments<Graph.Ref> arguments = step.arguments();
        String owner = "Layer '" + named.name() + "' (" + named.layer().kind() + ")";
        if (arguments.mask() != null) {
            if (!TAKE_MASKS.contains(named.layer().kind())) {
                throw new IllegalArgumentException(owner + " is given a mask by name, and Keras's takes none; save the"
                        + " model as .gatun");
            }
            return tensor(arguments.mask());
        }
        SavedTensor carried = masks.of(data.getFirst());
        boolean begins = !arguments.initialState().isEmpty();
        if (arguments.ignoresMask()) {
            if (!begins && carried != null) {
                throw new IllegalArgumentException(owner + " passes over the mask that its data carry, and Keras's does"
                        + " so only where a call begins at a given state; save the model as .gatun");
            }
            return null;
        }
        if (begins && carried == null && graph.masks().containsKey(arguments.input())) {
            throw new IllegalArgumentException(owner + " begins at a given state and goes by a mask that a model makes"
                    + " which is a layer, and Keras hands it none; save the model as .gatun");
        }
        boolean isWritten = begins || data.size() == 1 && TAKE_MASKS.contains(named.layer().kind());
        return isWritten ? carried : null;
    }

    private List<SavedTensor> data(Graph.Step step) {
        return step.arguments().inputs().stream().map(this::tensor).toList();
    }

    private SavedTensor tensor(Graph.Ref ref) {
        if (values.get(ref) instanceof SavedTensor tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("Layer '" + graph.layerOf(graph.steps().get(ref.step())).name()
                + "' (ConstantState) is read as data, and Keras has numbers only where a call begins at them; save the"
                + " model as .gatun");
    }

    /** Models that are layers, by identity. */
    static Map<Nested, SavedModel> models() {
        return new IdentityHashMap<>();
    }
}
