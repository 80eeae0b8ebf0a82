package dev.gatun.tests.rebuilt;

import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Flatten;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Permute;
import dev.gatun.layers.RepeatVector;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.ZeroPadding1D;
import java.util.Map;
import java.util.function.Function;

/** Layers that move numbers and change none. */
final class ShapeLayers {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "Flatten", options -> Flatten.of().channelsFirst(options.text("data_format").equals("channels_first")),
            "Reshape", options -> Reshape.to(options.wholes("target_shape")),
            "Permute", options -> Permute.dims(options.wholes("dims")),
            "RepeatVector", options -> RepeatVector.times(options.whole("n")),
            "UpSampling1D", options -> UpSampling1D.of(options.whole("size")),
            "Cropping1D", options -> Cropping1D.of(options.wholes("cropping")[0], options.wholes("cropping")[1]),
            "ZeroPadding1D", ShapeLayers::padding);

    private ShapeLayers() {}

    private static Layer padding(Options options) {
        Convolutions.channelsLast(options);
        return ZeroPadding1D.of(options.wholes("padding")[0], options.wholes("padding")[1]);
    }
}
