package dev.gatun.layers.model;

import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Node;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.memory.check.Arguments;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Models that are a plain chain of layers. */
public final class Sequential {

    private Sequential() {}

    /**
     * Builds a chain in which each layer reads what the one before it makes.
     *
     * @param layers an {@link Input}, then at least one other layer; a first layer that knows what it reads, as an
     *               {@link dev.gatun.layers.Embedding} does, needs none before it
     * @return to be closed; its weights are drawn with seed 0, {@link Model#initialize} draws others
     * @throws IllegalArgumentException if the chain does not begin with an Input, or a layer does not fit what comes before
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model of(Layer... layers) {
        Arguments.all(layers, "Sequential.of", "layers", "an Input, then layers");
        return of(List.of(layers));
    }

    /**
     * As {@link #of(Layer...)}, for a list.
     *
     * @param layers an {@link Input}, then at least one other layer; a first layer that knows what it reads, as an
     *               {@link dev.gatun.layers.Embedding} does, needs none before it
     * @return to be closed; its weights are drawn with seed 0, {@link Model#initialize} draws others
     * @throws IllegalArgumentException if the chain does not begin with an Input, or a layer does not fit what comes before
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model of(List<? extends Layer> layers) {
        Arguments.all(layers, "Sequential.of", "layers", "an Input, then layers");
        return named("sequential", layers);
    }

    /**
     * As {@link #of(List)}, with a name for the model, which is {@code sequential} otherwise.
     *
     * @param name   what messages, the summary and saved files call the model
     * @param layers an {@link Input}, then at least one other layer; a first layer that knows what it reads, as an
     *               {@link dev.gatun.layers.Embedding} does, needs none before it
     * @return to be closed; its weights are drawn with seed 0, {@link Model#initialize} draws others
     * @throws IllegalArgumentException if the chain does not begin with an Input, or a layer does not fit what comes before
     * @throws OutOfMemoryError         if the weights do not fit, naming the largest
     */
    public static Model named(String name, List<? extends Layer> layers) {
        Arguments.required(name, "Sequential.named", "name", "a name");
        Arguments.all(layers, "Sequential.named", "layers", "an Input, then layers");
        Input input = layers.isEmpty() ? null : input(layers.getFirst());
        if (input == null) {
            throw new IllegalArgumentException(
                    "A sequential model begins with its input; put Input.shape(time, features) first");
        }
        List<? extends Layer> behind = layers.getFirst() == input ? layers.subList(1, layers.size()) : layers;
        if (behind.isEmpty()) {
            throw new IllegalArgumentException("A sequential model needs at least one layer after its input");
        }
        Node node = input;
        Set<Layer> before = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Layer layer : behind) {
            if (!before.add(layer)) {
                throw new IllegalArgumentException(
                        "The same " + layer.kind() + " object stands twice in a sequential model; declare "
                                + "a second layer, or share weights on purpose with Model.of(...)");
            }
            if (layer instanceof Input) {
                throw new IllegalArgumentException("A sequential model has one Input, and it comes first");
            }
            if (outputs(layer) > 1 && layer != layers.getLast()) {
                throw new IllegalArgumentException(
                        "Layer " + layer.kind() + " in the middle of a sequential model cannot return its state, which "
                                + "would go nowhere; drop .returnState(), or wire the states with Model.of(...)");
            }
            node = layer.on(node);
        }
        return Model.build(name, true, List.of(input), outputsOf(node));
    }

    /** The Input itself, or what a first layer reads that says so itself; null if it does not. */
    private static Input input(Layer first) {
        return first instanceof Input input ? input : BuiltInTypes.ALL.of(first).input(first).orElse(null);
    }

    private static List<Node> outputsOf(Node last) {
        return IntStream.range(0, outputs(last.call().layer())).mapToObj(last.call()::output).toList();
    }

    private static int outputs(Layer layer) {
        return BuiltInTypes.ALL.of(layer).outputs(layer).size();
    }
}
