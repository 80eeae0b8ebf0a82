package dev.gatun.layers.type.attention;

import dev.gatun.layers.CompositeType;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.KerasCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.MultiHeadAttention;
import dev.gatun.layers.Parts;
import dev.gatun.layers.Stepping;
import java.util.List;
import java.util.Optional;

/** What is known of {@link MultiHeadAttention}: projections, and the heads between them. */
public final class MultiHeadAttentionType extends CompositeType<MultiHeadAttention> {

    private final LayerTypes types;

    /** A type that knows no others yet. */
    public MultiHeadAttentionType() {
        this(new LayerTypes(List.of()));
    }

    private MultiHeadAttentionType(LayerTypes types) {
        super(new MultiHeadAttention(Configuration.of(MultiHeadAttention.OPTIONS)));
        this.types = types;
    }

    @Override
    public LayerType<MultiHeadAttention> among(LayerTypes all) {
        return new MultiHeadAttentionType(all);
    }

    @Override
    public Optional<Parts> parts(MultiHeadAttention layer, String name) {
        return Optional.of(new HeadParts(layer, name, ""));
    }

    @Override
    public List<LayerType<?>> partTypes() {
        return List.of(new ProjectionType(types), new HeadsType());
    }

    @Override
    public List<String> outputs(MultiHeadAttention layer) {
        return AttentionSteps.outputs(layer.returnsAttentionScores());
    }

    /** The output has the mask of the query. */
    @Override
    public MaskRule masks(MultiHeadAttention layer) {
        return MaskRule.PASS;
    }

    @Override
    public boolean carriesMask(MultiHeadAttention layer, int output) {
        return output == 0;
    }

    @Override
    public KerasCall kerasCall() {
        return HeadParts.CALL;
    }

    @Override
    public Stepping stepping(MultiHeadAttention layer) {
        return AttentionSteps.of(layer.usesCausalMask());
    }
}
