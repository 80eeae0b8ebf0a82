package dev.gatun.tests.rebuilt;

import dev.gatun.layers.Bidirectional;
import dev.gatun.layers.Layer;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.layers.Rnn;
import dev.gatun.layers.TimeDistributed;
import java.util.Map;
import java.util.function.Function;

/** Layers around others. */
final class Wrappers {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "RNN", Wrappers::rnn,
            "Bidirectional", Wrappers::bidirectional,
            "TimeDistributed", options -> TimeDistributed.of(options.layer("layer")));

    private Wrappers() {}

    private static Layer rnn(Options options) {
        options.passOver("unroll");
        return Rnn.of(options.layer("cell"))
                .returnSequences(options.flag("return_sequences"))
                .returnState(options.flag("return_state"))
                .goBackwards(options.flag("go_backwards"))
                .stateful(options.flag("stateful"))
                .zeroOutputForMask(options.flag("zero_output_for_mask"));
    }

    /** In Keras the outer one decides what masked steps give: the halves' own option is not read. */
    private static Layer bidirectional(Options options) {
        Bidirectional both = Bidirectional.of(half(options.layer("layer")), half(options.layer("backward_layer")));
        return options.has("merge_mode") ? both.merge(options.text("merge_mode")) : both.merge("none");
    }

    private static Layer half(Layer layer) {
        return layer instanceof Rnn rnn
                ? rnn.zeroOutputForMask(false)
                : ((RecurrentLayer<?>) layer).zeroOutputForMask(false);
    }
}
