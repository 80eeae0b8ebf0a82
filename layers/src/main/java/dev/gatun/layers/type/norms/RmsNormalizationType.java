package dev.gatun.layers.type.norms;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.MaskRule;
import dev.gatun.layers.RmsNormalization;

/** What is known of {@link RmsNormalization}. */
public final class RmsNormalizationType extends NormType<RmsNormalization> {

    /** The type. */
    public RmsNormalizationType() {
        super(new RmsNormalization(Configuration.of(RmsNormalization.OPTIONS)));
    }

    /** Keras's layer says nothing of masks, and so they end with it. */
    @Override
    public MaskRule masks(RmsNormalization layer) {
        return MaskRule.DROP;
    }

    @Override
    NormForm form(RmsNormalization layer) {
        return NormForm.of(layer);
    }
}
