package dev.gatun.layers.graph;

import dev.gatun.layers.BuiltLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.Operation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A layer that is made of others: a small graph for each form in which it is called, all of the same part layers. The graphs
 * stand in the model's own where the parts run, see {@link Flattening}.
 */
final class BuiltParts implements BuiltLayer {

    private final String kind;
    private final String name;
    private final Parts parts;
    private final Map<Layer, BuiltLayer> known;
    private final Map<Form, Graph> forms = new HashMap<>();
    private final Graph first;

    /**
     * Which arguments a call has.
     *
     * @param inputs how many data
     * @param states how many parts of an initial state
     * @param masked whether a mask is given by name
     */
    private record Form(int inputs, int states, boolean masked) {
        static Form of(CallArguments<?> call) {
            return new Form(call.inputs().size(), call.initialState().size(), call.mask() != null);
        }
    }

    /** @param known the layers that are built already, by identity; takes the parts */
    BuiltParts(
            Layer layer, String name, Parts parts, CallArguments<Place> places, Map<Layer, BuiltLayer> known) {
        this.kind = layer.kind();
        this.name = name;
        this.parts = parts;
        this.known = known;
        this.first = said(() -> {
            parts.require(places.map(Place::shape));
            return wired(places);
        });
        forms.put(Form.of(places), first);
    }

    /** Where a call reads: what is known of it before there is a value. */
    record Place(Shape shape, ValueType type) {
        Input input() {
            return Input.place(shape, type);
        }
    }

    private Graph wired(CallArguments<Place> places) {
        CallArguments<Input> inputs;
        try {
            inputs = places.map(Place::input);
        } catch (IllegalArgumentException unfit) {
            throw new ShapeException(unfit.getMessage());
        }
        List<Node> outputs = parts.call(inputs);
        return GraphBuilder.part(name, parts.layers(), inputs.all(), outputs, known);
    }

    /** The parts as a call of this form wires them. */
    synchronized Graph form(CallArguments<Place> places) {
        return forms.computeIfAbsent(Form.of(places), form -> wired(places));
    }

    /** The parts, in the order of their weights. */
    List<Graph.NamedLayer> layers() {
        return first.layers().stream().filter(layer -> layer.built() != null).toList();
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> specs = new ArrayList<>();
        for (Graph.NamedLayer part : layers()) {
            for (WeightSpec spec : part.built().weights()) {
                specs.add(spec.named(relative(part.name()) + "/" + spec.name()));
            }
        }
        return specs;
    }

    /** A layer that others share keeps the name it has in the first of them. */
    private String relative(String part) {
        return part.startsWith(name + "/") ? part.substring(name.length() + 1) : part;
    }

    /** Where each weight lies in Keras's files, below the group of this layer. */
    List<String> kerasWeights() {
        List<String> paths = new ArrayList<>();
        for (Graph.NamedLayer part : layers()) {
            part.kerasWeights().forEach(path -> paths.add(parts.kerasWeight(part.layer(), path)));
        }
        return paths;
    }

    @Override
    public List<Shape> outputShapes(CallArguments<Shape> shapes) {
        return said(() -> {
            parts.require(shapes);
            return form(shapes.map(shape -> new Place(shape, ValueType.FLOAT32))).outputShapes(shapes.all());
        });
    }

    /** What is wrong with a part is said of the whole, which is what the user declared. */
    private <R> R said(Supplier<R> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException unfit) {
            String who = kind + " '" + name + "'";
            String said = unfit.getMessage();
            if (said.startsWith(who)) {
                throw unfit;
            }
            throw unfit instanceof ShapeException
                    ? new ShapeException(who + ": " + said)
                    : new IllegalArgumentException(who + ": " + said, unfit);
        }
    }

    @Override
    public Operation operation(PlanContext context) {
        throw new IllegalStateException(kind + " '" + name + "' is made of other layers, which run in its place");
    }

    /** Where Keras's files hold the weights of a layer that runs itself. */
    static List<String> kerasWeights(Layer layer, BuiltLayer built) {
        LayerType<Layer> type = BuiltInTypes.ALL.of(layer);
        List<String> paths = new ArrayList<>();
        for (int weight = 0; weight < built.weights().size(); weight++) {
            paths.add(type.kerasWeights(layer) + "/" + weight);
        }
        return paths;
    }
}
