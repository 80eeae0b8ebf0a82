package dev.gatun.layers.type.pooling;

import dev.gatun.layers.Configuration;
import dev.gatun.layers.GlobalMaxPooling1D;

/** What is known of {@link GlobalMaxPooling1D}. */
public final class GlobalMaxPooling1DType extends GlobalPoolingType<GlobalMaxPooling1D> {

    /** The type. */
    public GlobalMaxPooling1DType() {
        super(new GlobalMaxPooling1D(Configuration.of(GlobalMaxPooling1D.OPTIONS)), false);
    }
}
