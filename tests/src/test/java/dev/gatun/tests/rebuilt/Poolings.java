package dev.gatun.tests.rebuilt;

import dev.gatun.layers.AdaptiveAveragePooling1D;
import dev.gatun.layers.AdaptiveMaxPooling1D;
import dev.gatun.layers.AveragePooling1D;
import dev.gatun.layers.GlobalAveragePooling1D;
import dev.gatun.layers.GlobalMaxPooling1D;
import dev.gatun.layers.GlobalPoolingLayer;
import dev.gatun.layers.Layer;
import dev.gatun.layers.MaxPooling1D;
import dev.gatun.layers.PoolingLayer;
import java.util.Map;
import java.util.function.Function;

/** Poolings of windows, of whole sequences, and into so many steps. */
final class Poolings {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "MaxPooling1D", options -> windows(MaxPooling1D.of(options.only("pool_size")), options),
            "AveragePooling1D", options -> windows(AveragePooling1D.of(options.only("pool_size")), options),
            "GlobalMaxPooling1D", options -> global(GlobalMaxPooling1D.of(), options),
            "GlobalAveragePooling1D", options -> global(GlobalAveragePooling1D.of(), options),
            "AdaptiveMaxPooling1D", options -> adaptive(AdaptiveMaxPooling1D.of(options.only("output_size")), options),
            "AdaptiveAveragePooling1D",
            options -> adaptive(AdaptiveAveragePooling1D.of(options.only("output_size")), options));

    private Poolings() {}

    private static <L extends PoolingLayer<L>> L windows(L layer, Options options) {
        Convolutions.channelsLast(options);
        return layer.strides(options.only("strides")).padding(options.text("padding"));
    }

    private static <L extends GlobalPoolingLayer<L>> L global(L layer, Options options) {
        Convolutions.channelsLast(options);
        return layer.keepDims(options.flag("keepdims"));
    }

    private static Layer adaptive(Layer layer, Options options) {
        Convolutions.channelsLast(options);
        return layer;
    }
}
