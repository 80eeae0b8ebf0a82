package dev.gatun.layers.type.nested;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.Parts;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.layers.nested.Wired;
import dev.gatun.memory.Shape;
import dev.gatun.memory.ShapeException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The layers of a model that is a layer, wired to what it is given. */
final class NestedParts implements Parts {

    private final String who;
    private final Wired model;
    private final List<Layer> layers;
    private final Map<Layer, String> groups = new IdentityHashMap<>();

    NestedParts(Nested layer, String name) {
        this.who = layer.kind() + " '" + name + "'";
        this.model = layer.model();
        this.layers = model.layers().values().stream().filter(part -> !(part instanceof Input)).toList();
        Map<String, Integer> counts = new HashMap<>();
        for (Layer part : layers) {
            String group = part.configuration().options().defaultName();
            int number = counts.merge(group, 1, Integer::sum) - 1;
            groups.put(part, "layers/" + (number == 0 ? group : group + "_" + number));
        }
    }

    @Override
    public void require(CallArguments<Shape> shapes) {
        if (shapes.mask() != null) {
            throw new IllegalArgumentException(who + " is a model and takes no mask of its own; a mask that its input "
                    + "carries reaches its layers, and one to be given by name can be one of its inputs, Input.mask(time)");
        }
        List<Shape> given = shapes.all();
        List<Input> inputs = model.inputs();
        if (given.size() != inputs.size()) {
            throw new ShapeException(who + " takes " + inputs.size() + (inputs.size() == 1 ? " input" : " inputs")
                    + ", got " + given.size() + " values: " + given);
        }
        for (int input = 0; input < inputs.size(); input++) {
            Shape declared = inputs.get(input).shape();
            if (!fits(declared, given.get(input))) {
                throw new ShapeException(who + ", input " + input + ": expected shape " + declared + ", got "
                        + given.get(input) + "; declare its input as it is called");
            }
        }
    }

    /** An unknown size fits every size. */
    private static boolean fits(Shape declared, Shape given) {
        if (declared.rank() != given.rank()) {
            return false;
        }
        for (int axis = 0; axis < declared.rank(); axis++) {
            long one = declared.dim(axis);
            long other = given.dim(axis);
            if (one != other && one != Shape.UNKNOWN && other != Shape.UNKNOWN) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public List<Node> call(CallArguments<Input> arguments) {
        return model.on(arguments.inputs());
    }

    @Override
    public String kerasGroup(Layer part) {
        return groups.get(part);
    }
}
