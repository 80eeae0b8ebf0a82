package dev.gatun.layers.type.norms;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.UnitNormalization;

/** What is known of {@link UnitNormalization}. */
public final class UnitNormalizationType extends NormType<UnitNormalization> {

    /** The type. */
    public UnitNormalizationType() {
        super(new UnitNormalization(Configuration.of(UnitNormalization.OPTIONS)));
    }

    @Override
    NormForm form(UnitNormalization layer) {
        return NormForm.of(layer);
    }
}
