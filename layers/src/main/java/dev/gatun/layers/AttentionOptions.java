package dev.gatun.layers;

import dev.gatun.layers.value.CallArguments;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/** What all kinds of attention have in common; of these Keras says all but the dropout at each call. */
final class AttentionOptions {

    static final Option<Double> DROPOUT = Option.of("dropout", OptionKind.NUMBER, 0.0).check(new Share());
    static final Option<Boolean> CAUSAL = Option.of("use_causal_mask", OptionKind.FLAG, false).beyondKeras();
    static final Option<Boolean> SCORES = Option.of("return_attention_scores", OptionKind.FLAG, false).beyondKeras();

    private AttentionOptions() {}

    static AttentionOutput on(Layer layer, boolean returnsScores, Node... values) {
        List<Node> read = Arguments.all(values, layer.kind() + ".on", "query", "a value of the graph [B,T,F]");
        return new AttentionOutput(layer.call(CallArguments.of(read)), returnsScores);
    }
}
