package dev.gatun.layers.type.pooling;

import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.Configuration;

/** What is known of {@link MaxPooling1D}. */
public final class MaxPooling1DType extends PoolingType<MaxPooling1D> {

    /** The type. */
    public MaxPooling1DType() {
        super(new MaxPooling1D(Configuration.of(MaxPooling1D.OPTIONS)), false);
    }
}
