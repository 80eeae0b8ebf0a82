package dev.gatun.layers.type.bidirectional;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.CompositeType;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Layer;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.MergeMode;
import dev.gatun.layers.Parts;
import dev.gatun.layers.Stepping;
import dev.gatun.layers.value.CallArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of {@link Bidirectional}: two layers beside each other on one sequence, and what puts them together. */
public final class BidirectionalType extends CompositeType<Bidirectional> {

    private final LayerTypes types;

    /** A type that holds no layers yet. */
    public BidirectionalType() {
        this(new LayerTypes(List.of()));
    }

    private BidirectionalType(LayerTypes types) {
        super(new Bidirectional(Configuration.of(Bidirectional.OPTIONS)));
        this.types = types;
    }

    @Override
    public LayerType<Bidirectional> among(LayerTypes all) {
        return new BidirectionalType(all);
    }

    @Override
    public Optional<Parts> parts(Bidirectional layer, String name) {
        return Optional.of(new BidirectionalParts(
                layer, name, outputsOf(layer.layer()).size(), outputsOf(layer.backwardLayer()).size()));
    }

    @Override
    public List<LayerType<?>> partTypes() {
        return List.of(new MergeType());
    }

    /** The value, or both; then the states of the forward half, and those of the backward half. */
    @Override
    public List<String> outputs(Bidirectional layer) {
        List<String> outputs = new ArrayList<>(List.of(""));
        if (layer.mergeMode() == MergeMode.NONE) {
            outputs.add("backward");
        }
        addStates("forward_", layer.layer(), outputs);
        addStates("backward_", layer.backwardLayer(), outputs);
        return outputs;
    }

    private void addStates(String side, Layer half, List<String> outputs) {
        List<String> own = outputsOf(half);
        own.subList(1, own.size()).forEach(state -> outputs.add(side + state));
    }

    private List<String> outputsOf(Layer half) {
        return types.of(half).outputs(half);
    }

    @Override
    public <T> CallArguments<T> arguments(List<T> values) {
        return CallArguments.of(values.getFirst(), values.subList(1, values.size()));
    }

    @Override
    public MaskRule masks(Bidirectional layer) {
        return MaskRule.CONSUME;
    }

    @Override
    public List<Integer> keptStates(Bidirectional layer) {
        List<Integer> widths = new ArrayList<>();
        for (Layer half : layer.halves()) {
            widths.addAll(types.of(half).keptStates(half));
        }
        return widths;
    }

    @Override
    public Stepping stepping(Bidirectional layer) {
        return new Stepping.WholeSequence("goes both ways: its backward half needs the end of the sequence first");
    }
}
