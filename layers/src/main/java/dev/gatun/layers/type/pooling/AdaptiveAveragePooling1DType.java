package dev.gatun.layers.type.pooling;

import dev.gatun.layers.AdaptiveAveragePooling1D;
import dev.gatun.layers.Configuration;

/** What is known of {@link AdaptiveAveragePooling1D}. */
public final class AdaptiveAveragePooling1DType extends AdaptivePoolingType<AdaptiveAveragePooling1D> {

    /** The type. */
    public AdaptiveAveragePooling1DType() {
        super(new AdaptiveAveragePooling1D(Configuration.of(AdaptiveAveragePooling1D.OPTIONS)), true);
    }
}
