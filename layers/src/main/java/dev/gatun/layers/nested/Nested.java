package dev.gatun.layers.nested;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerCall;
import dev.gatun.layers.Node;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model as a layer: in a model, in {@code TimeDistributed}, in another one of its kind. Called twice it has one set of weights,
 * and so it has if several models that are layers of one model hold it; gradients of all calls add up. Its weights are
 * {@code encoder/lstm/kernel}, ..., its summary is one line.
 */
public final class Nested extends ConfiguredLayer<Nested> {

    private static final OptionKind<Wired> WIRED = new OptionKind<>("a model") {
        @Override
        public Wired read(OptionReader reader, String key) {
            return Wired.read(reader.map(key), reader.types());
        }

        @Override
        public Object write(Wired value) {
            return value.toMap();
        }
    };

    private static final Option<Wired> MODEL = Option.required("model", WIRED);

    /** All options of a model that is any graph. */
    public static final OptionSet FUNCTIONAL = OptionSet.of("Functional", MODEL);

    /** All options of a model that is a plain chain. */
    public static final OptionSet SEQUENTIAL = OptionSet.of("Sequential", MODEL);

    /**
     * A layer of these options.
     *
     * @param configuration of {@link #FUNCTIONAL} or {@link #SEQUENTIAL}
     */
    public Nested(Configuration configuration) {
        super(configuration);
    }

    /**
     * What lies between inputs and outputs, as a layer.
     *
     * @param inputs  where values enter, at least one
     * @param outputs what is computed from them, at least one
     * @return a layer that reads as many values, and makes as many
     * @throws IllegalArgumentException if an input is missing or leads nowhere, or two layers have one name
     */
    public static Nested of(List<Input> inputs, List<? extends Node> outputs) {
        Arguments.all(inputs, "Nested.of", "inputs", "the Inputs it begins with");
        Arguments.all(outputs, "Nested.of", "outputs", "nodes");
        return of(FUNCTIONAL, Wired.of(FUNCTIONAL.defaultName(), false, inputs, outputs));
    }

    /**
     * As {@link #of(List, List)}, of one input.
     *
     * @param input   where values enter
     * @param outputs what is computed from it, at least one
     * @return a layer that makes as many values
     * @throws IllegalArgumentException if the input leads nowhere, or two layers have one name
     */
    public static Nested of(Input input, Node... outputs) {
        Arguments.required(input, "Nested.of", "input", "the Input it begins with");
        Arguments.all(outputs, "Nested.of", "outputs", "nodes");
        return of(List.of(input), List.of(outputs));
    }

    /**
     * A chain in which each layer reads what the one before it makes, as a layer.
     *
     * @param layers an {@link Input}, then at least one other layer
     * @return a layer that reads one value and makes what the last one makes first
     * @throws IllegalArgumentException if the chain does not begin with an Input, or has nothing else
     */
    public static Nested chain(Layer... layers) {
        Arguments.all(layers, "Nested.chain", "layers", "an Input, then layers");
        if (layers.length < 2 || !(layers[0] instanceof Input input)) {
            throw new IllegalArgumentException(
                    "A chain begins with its input and has at least one layer after it; put Input.shape(...) first");
        }
        Node node = input;
        for (Layer layer : Arrays.asList(layers).subList(1, layers.length)) {
            node = layer.on(node);
        }
        return of(SEQUENTIAL, Wired.of(SEQUENTIAL.defaultName(), true, List.of(input), List.of(node)));
    }

    /**
     * A model of wired layers, as a layer.
     *
     * @param wired layers, inputs and outputs
     * @return a layer of the model's name, unless that is the default
     */
    public static Nested of(Wired wired) {
        Arguments.required(wired, "Nested.of", "wired", "layers, inputs and outputs");
        return of(wired.isSequential() ? SEQUENTIAL : FUNCTIONAL, wired);
    }

    private static Nested of(OptionSet options, Wired wired) {
        String own = wired.name().equals(options.defaultName()) ? null : wired.name();
        return new Nested(Configuration.of(options).with(MODEL, wired).named(own));
    }

    @Override
    protected Nested of(Configuration configuration) {
        return new Nested(configuration);
    }

    /**
     * Applies the model to several values.
     *
     * @param inputs one for each of its inputs
     * @return its outputs
     * @throws NullPointerException if the list or one of its values is null
     */
    public List<Node> on(List<? extends Node> inputs) {
        LayerCall call = call(CallArguments.of(List.copyOf(Arguments.all(inputs, "Nested.on", "inputs", "values"))));
        return IntStream.range(0, model().outputs().size()).mapToObj(call::output).toList();
    }

    /**
     * The same with other layers.
     *
     * @param model layers, inputs and outputs
     * @return a layer of the same name
     * @throws NullPointerException if it is null
     */
    public Nested model(Wired model) {
        Arguments.required(model, "Nested.model", "model", "layers, inputs and outputs");
        return with(MODEL, model);
    }

    /**
     * What it holds.
     *
     * @return layers, inputs and outputs
     */
    public Wired model() {
        return get(MODEL);
    }
}
