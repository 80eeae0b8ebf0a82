package dev.gatun.layers.type.attention;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.ConfiguredLayer;
import dev.gatun.layers.HeadedAttention;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionSet;

/** What stands between the projections of an attention with several heads: each head by itself. */
final class Heads extends ConfiguredLayer<Heads> {

    private static final Option<Layer> WHOLE = Option.required("whole", OptionKind.LAYER);

    static final OptionSet OPTIONS = OptionSet.of("Heads", WHOLE);

    Heads(Configuration configuration) {
        super(configuration);
    }

    static Heads of(HeadedAttention<?> whole) {
        return new Heads(Configuration.of(OPTIONS).with(WHOLE, whole)).named("heads");
    }

    @Override
    protected Heads of(Configuration configuration) {
        return new Heads(configuration);
    }

    HeadedAttention<?> whole() {
        return (HeadedAttention<?>) get(WHOLE);
    }
}
