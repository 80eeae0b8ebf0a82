package dev.gatun.layers.type.norms;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.LayerNormalization;

/** What is known of {@link LayerNormalization}. */
public final class LayerNormalizationType extends NormType<LayerNormalization> {

    /** The type. */
    public LayerNormalizationType() {
        super(new LayerNormalization(Configuration.of(LayerNormalization.OPTIONS)));
    }

    @Override
    NormForm form(LayerNormalization layer) {
        return NormForm.of(layer);
    }
}
