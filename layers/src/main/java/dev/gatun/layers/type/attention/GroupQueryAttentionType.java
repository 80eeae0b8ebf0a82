package dev.gatun.layers.type.attention;

import dev.gatun.layers.CompositeType;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.KerasCall;
import dev.gatun.layers.LayerType;
import dev.gatun.layers.LayerTypes;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.GroupQueryAttention;
import dev.gatun.layers.Parts;
import dev.gatun.layers.Stepping;
import java.util.List;
import java.util.Optional;

/** What is known of {@link GroupQueryAttention}: projections, and the heads between them. */
public final class GroupQueryAttentionType extends CompositeType<GroupQueryAttention> {

    private final LayerTypes types;

    /** A type that knows no others yet. */
    public GroupQueryAttentionType() {
        this(new LayerTypes(List.of()));
    }

    private GroupQueryAttentionType(LayerTypes types) {
        super(new GroupQueryAttention(Configuration.of(GroupQueryAttention.OPTIONS)));
        this.types = types;
    }

    @Override
    public LayerType<GroupQueryAttention> among(LayerTypes all) {
        return new GroupQueryAttentionType(all);
    }

    @Override
    public Optional<Parts> parts(GroupQueryAttention layer, String name) {
        return Optional.of(new HeadParts(layer, name, "_"));
    }

    @Override
    public List<LayerType<?>> partTypes() {
        return List.of(new ProjectionType(types), new HeadsType());
    }

    @Override
    public List<String> outputs(GroupQueryAttention layer) {
        return AttentionSteps.outputs(layer.returnsAttentionScores());
    }

    /** The output has the mask of the query. */
    @Override
    public MaskRule masks(GroupQueryAttention layer) {
        return MaskRule.PASS;
    }

    @Override
    public boolean carriesMask(GroupQueryAttention layer, int output) {
        return output == 0;
    }

    @Override
    public KerasCall kerasCall() {
        return HeadParts.CALL;
    }

    @Override
    public Stepping stepping(GroupQueryAttention layer) {
        return AttentionSteps.of(layer.usesCausalMask());
    }
}
