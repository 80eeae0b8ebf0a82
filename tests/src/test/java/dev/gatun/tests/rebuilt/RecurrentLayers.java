package dev.gatun.tests.rebuilt;

import dev.gatun.layers.GatedLayer;
import dev.gatun.layers.Gru;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.SimpleRnn;
import java.util.Map;
import java.util.function.Function;

/** LSTM, GRU and SimpleRNN. */
final class RecurrentLayers {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "LSTM", options -> gated(Lstm.units(options.whole("units")), options)
                    .unitForgetBias(options.flag("unit_forget_bias")),
            "GRU", options -> gated(Gru.units(options.whole("units")), options)
                    .resetAfter(options.flag("reset_after")),
            "SimpleRNN", options -> recurrent(SimpleRnn.units(options.whole("units")), options));

    private RecurrentLayers() {}

    private static <L extends GatedLayer<L>> L gated(L layer, Options options) {
        return recurrent(layer, options).recurrentActivation(options.text("recurrent_activation"));
    }

    private static <L extends RecurrentLayer<L>> L recurrent(L layer, Options options) {
        options.passOver("unroll", "use_cudnn", "seed");
        options.none("quantization_config");
        return Kernels.kernel(layer, options)
                .activation(options.text("activation"))
                .returnSequences(options.flag("return_sequences"))
                .returnState(options.flag("return_state"))
                .goBackwards(options.flag("go_backwards"))
                .stateful(options.flag("stateful"))
                .zeroOutputForMask(options.flag("zero_output_for_mask"))
                .recurrentInitializer(options.initializer("recurrent_initializer"))
                .recurrentRegularizer(options.regularizer("recurrent_regularizer"))
                .recurrentConstraint(options.constraint("recurrent_constraint"))
                .dropout(options.number("dropout"))
                .recurrentDropout(options.number("recurrent_dropout"));
    }
}
