package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of a class of layers beside its options. Gatun's own types are one list
 * ({@code dev.gatun.layers.type.BuiltInTypes}); a user's own are found as a service.
 *
 * @param <L> the class of layers
 */
public abstract class LayerType<L extends Layer> {

    private final L prototype;

    /**
     * A type.
     *
     * @param prototype a layer of the class, whatever its options are: {@code new Dense(Configuration.of(Dense.OPTIONS))}
     */
    protected LayerType(L prototype) {
        this.prototype = Arguments.required(prototype, "LayerType", "prototype", "a layer of the class");
    }

    /**
     * The class of layers.
     *
     * @return whose objects this type builds
     */
    @SuppressWarnings("unchecked")
    public final Class<L> layerClass() {
        return (Class<L>) prototype.getClass();
    }

    /**
     * The options, declared once.
     *
     * @return with Keras's class name
     */
    public final OptionSet options() {
        return prototype.configuration().options();
    }

    /**
     * A layer of a configuration.
     *
     * @param configuration of {@link #options}
     * @return equal to the one it came from
     */
    @SuppressWarnings("unchecked")
    public final L layer(Configuration configuration) {
        Arguments.required(configuration, "LayerType.layer", "configuration", "of the options of the class");
        return (L) prototype.of(configuration);
    }

    /**
     * This type among others, for a type whose layers hold layers.
     *
     * @param types all there are
     * @return a type that asks them
     */
    public LayerType<L> among(LayerTypes types) {
        return this;
    }

    /**
     * What a sequential model begins with that has this layer first and no Input before it.
     *
     * @param layer its options
     * @return empty unless the layer knows by itself what it reads, as an Embedding does
     */
    public Optional<Input> input(L layer) {
        return Optional.empty();
    }

    /**
     * Decides weights, and holds what is given against what the layer takes.
     *
     * @param layer  its options
     * @param name   the name in the model, for messages
     * @param shapes of what the first call reads, batch first; batch and time may be unknown
     * @return a layer that knows its weights
     * @throws dev.gatun.memory.ShapeException if the layer cannot stand here: names layer, expected, got, fix
     */
    public abstract BuiltLayer build(L layer, String name, CallArguments<Shape> shapes);

    /**
     * The other layers that this one is made of, if it is: then its parts are built and run, and {@link #build} is not called.
     *
     * @param layer its options
     * @param name  the name in the model, for messages
     * @return empty for a layer that runs itself, which most do
     */
    public Optional<Parts> parts(L layer, String name) {
        return Optional.empty();
    }

    /**
     * Types of layers that are only ever parts of this one's: they are found by their class, but no file and no message names
     * them.
     *
     * @return none unless the type says otherwise
     */
    public List<LayerType<?>> partTypes() {
        return List.of();
    }

    /**
     * Names of the outputs, as suffixes of the layer's name. The first is empty.
     *
     * @param layer its options
     * @return for an LSTM that returns its state: {@code "", "h", "c"}
     */
    public List<String> outputs(L layer) {
        return List.of("");
    }

    /**
     * Names for values in Keras's order of positions.
     *
     * @param <T>    what stands for a value
     * @param values as they stand in a file
     * @return all of them data, unless the layer has a state to begin at
     */
    public <T> CallArguments<T> arguments(List<T> values) {
        return CallArguments.of(values);
    }

    /**
     * What the layer does with masks. There is no default, so that nobody forgets.
     *
     * @param layer its options
     * @return the rule
     */
    public abstract MaskRule masks(L layer);

    /**
     * Whether one of the outputs carries a mask where {@link #masks} says that the layer hands one on.
     *
     * @param layer  its options
     * @param output which of the outputs, counted from 0
     * @return true unless the layer says otherwise; only a sequence ever carries a mask
     */
    public boolean carriesMask(L layer, int output) {
        return true;
    }

    /**
     * How the layer runs step by step. There is no default, so that nobody forgets.
     *
     * @param layer its options
     * @return the way, with the reason if there is none
     */
    public abstract Stepping stepping(L layer);

    /**
     * What the layer does to the samples of a batch.
     *
     * @param layer its options
     * @return one sample for one, which nearly all make
     */
    public SampleRule samples(L layer) {
        return SampleRule.KEEP;
    }

    /**
     * Widths of what each call keeps from one run of a model to the next, whatever a stream carries.
     *
     * @param layer its options
     * @return none for a layer that begins anew in each run, which most do
     */
    public List<Integer> keptStates(L layer) {
        return List.of();
    }

    /**
     * What Keras gives a call of the layer by name, and where Gatun has it.
     *
     * @return nothing but the data, which most layers take
     */
    public KerasCall kerasCall() {
        return KerasCall.PLAIN;
    }

    /**
     * The laws the layer keeps, which tests hold it to. A layer that cannot keep one says so here.
     *
     * @param layer its options
     * @return all but that of steps where there are none, unless the layer says otherwise
     */
    public Set<Law> laws(L layer) {
        return stepping(layer) instanceof Stepping.WholeSequence
                ? EnumSet.complementOf(EnumSet.of(Law.STEPS))
                : EnumSet.allOf(Law.class);
    }

    /**
     * Of {@link #laws} those that hold in a training too. A layer in which rows of a batch meet while it learns says so here.
     *
     * @param layer its options
     * @return the same unless the layer says otherwise
     */
    public Set<Law> lawsInTraining(L layer) {
        return laws(layer);
    }

    /**
     * Whether options of the layer count axes from the first, so that a step of a sequence is something else to it than the
     * sequence. {@link TimeDistributed} then gives it each step as a sample, also where it works row by row.
     *
     * @param layer its options
     * @return false unless the layer says otherwise
     */
    public boolean countsAxes(L layer) {
        return false;
    }

    /**
     * Where the weights lie in Keras's files, in the layer's group: {@code vars}, or behind a sublayer.
     *
     * @param layer its options
     * @return path of the group that holds the weights as 0, 1, ...
     */
    public String kerasWeights(L layer) {
        return "vars";
    }

    /**
     * Writes a call of the layer as ONNX nodes of opset {@link dev.gatun.layers.onnx.OnnxGraph#OPSET}, as it is outside of a
     * training. A type need not have it: its layers are then refused where a model is written as ONNX.
     *
     * @param layer its options
     * @param call  what it reads and its weights; takes the nodes
     * @return names of what the call makes, in the order of {@link #outputs}, then of the mask if the layer makes one; a value
     *         it was given is allowed
     * @throws IllegalArgumentException if ONNX has no form of this layer, naming it and the reason
     */
    public List<String> onnx(L layer, OnnxCall call) {
        throw new IllegalArgumentException(layer.kind() + " '" + call.name() + "' cannot be written as ONNX: "
                + getClass().getName()
                + " does not say how; override LayerType.onnx, or save the model as .gatun");
    }
}
