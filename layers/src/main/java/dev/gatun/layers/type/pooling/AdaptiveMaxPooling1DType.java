package dev.gatun.layers.type.pooling;

import dev.gatun.layers.AdaptiveMaxPooling1D;
import dev.gatun.layers.Configuration;

/** What is known of {@link AdaptiveMaxPooling1D}. */
public final class AdaptiveMaxPooling1DType extends AdaptivePoolingType<AdaptiveMaxPooling1D> {

    /** The type. */
    public AdaptiveMaxPooling1DType() {
        super(new AdaptiveMaxPooling1D(Configuration.of(AdaptiveMaxPooling1D.OPTIONS)), false);
    }
}
