package dev.gatun.layers.type.pooling;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.GlobalAveragePooling1D;

/** What is known of {@link GlobalAveragePooling1D}. */
public final class GlobalAveragePooling1DType extends GlobalPoolingType<GlobalAveragePooling1D> {

    /** The type. */
    public GlobalAveragePooling1DType() {
        super(new GlobalAveragePooling1D(Configuration.of(GlobalAveragePooling1D.OPTIONS)), true);
    }
}
