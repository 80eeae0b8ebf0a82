package dev.gatun.tests.rebuilt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Layer;
import dev.gatun.layers.SeparableConv1D;
import java.util.Map;
import java.util.function.Function;

/** Convolutions. */
final class Convolutions {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "Conv1D", Convolutions::conv,
            "SeparableConv1D", Convolutions::separable);

    private Convolutions() {}

    /** Gatun's sequences are [batch, time, features]. */
    static void channelsLast(Options options) {
        assertEquals("channels_last", options.text("data_format"));
    }

    private static Layer conv(Options options) {
        channelsLast(options);
        return Kernels.kernel(Conv1D.of(options.whole("filters"), options.only("kernel_size")), options)
                .strides(options.only("strides"))
                .padding(options.text("padding"))
                .dilationRate(options.only("dilation_rate"))
                .groups(options.whole("groups"))
                .activation(options.text("activation"));
    }

    private static Layer separable(Options options) {
        channelsLast(options);
        return SeparableConv1D.of(options.whole("filters"), options.only("kernel_size"))
                .depthMultiplier(options.whole("depth_multiplier"))
                .strides(options.only("strides"))
                .padding(options.text("padding"))
                .dilationRate(options.only("dilation_rate"))
                .activation(options.text("activation"))
                .useBias(options.flag("use_bias"))
                .depthwiseInitializer(options.initializer("depthwise_initializer"))
                .depthwiseRegularizer(options.regularizer("depthwise_regularizer"))
                .depthwiseConstraint(options.constraint("depthwise_constraint"))
                .pointwiseInitializer(options.initializer("pointwise_initializer"))
                .pointwiseRegularizer(options.regularizer("pointwise_regularizer"))
                .pointwiseConstraint(options.constraint("pointwise_constraint"))
                .biasInitializer(options.initializer("bias_initializer"))
                .biasRegularizer(options.regularizer("bias_regularizer"))
                .biasConstraint(options.constraint("bias_constraint"));
    }
}
