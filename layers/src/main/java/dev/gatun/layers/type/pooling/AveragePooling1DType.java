package dev.gatun.layers.type.pooling;

import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.Configuration;

/** What is known of {@link AveragePooling1D}. */
public final class AveragePooling1DType extends PoolingType<AveragePooling1D> {

    /** The type. */
    public AveragePooling1DType() {
        super(new AveragePooling1D(Configuration.of(AveragePooling1D.OPTIONS)), true);
    }
}
