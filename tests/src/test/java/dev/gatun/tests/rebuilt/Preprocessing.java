package dev.gatun.tests.rebuilt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.Embedding;
import dev.gatun.layers.IntegerLookup;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Masking;
import dev.gatun.layers.Normalization;
import dev.gatun.layers.Rescaling;
import java.util.Map;
import java.util.function.Function;

/** What stands in front of a model: masks, ids, scales. */
final class Preprocessing {

    static final Map<String, Function<Options, Layer>> MAKERS = Map.of(
            "Masking", options -> Masking.value(options.number("mask_value")),
            "Embedding", Preprocessing::embedding,
            "IntegerLookup", Preprocessing::lookup,
            "Normalization", Preprocessing::normalization,
            "Rescaling", options -> Rescaling.by(options.numbers("scale")).plus(options.numbers("offset")));

    private Preprocessing() {}

    private static Layer embedding(Options options) {
        options.none("quantization_config");
        return Embedding.of(options.whole("input_dim"), options.whole("output_dim"))
                .maskZero(options.flag("mask_zero"))
                .embeddingsInitializer(options.initializer("embeddings_initializer"))
                .embeddingsRegularizer(options.regularizer("embeddings_regularizer"))
                .embeddingsConstraint(options.constraint("embeddings_constraint"));
    }

    private static Layer lookup(Options options) {
        options.none("idf_weights", "salt");
        options.passOver("vocabulary_size");
        assertFalse(options.flag("sparse"));
        assertEquals("int64", options.text("vocabulary_dtype"));
        assertEquals("floormod", options.text("oov_method"));
        IntegerLookup lookup = IntegerLookup.of(options.wholes("vocabulary"))
                .padToMaxTokens(options.flag("pad_to_max_tokens"))
                .oovIndices(options.whole("num_oov_indices"))
                .oovToken(options.whole("oov_token"))
                .outputMode(options.text("output_mode"));
        IntegerLookup limited = options.has("max_tokens") ? lookup.maxTokens(options.whole("max_tokens")) : lookup;
        IntegerLookup masked = options.has("mask_token") ? limited.maskToken(options.whole("mask_token")) : limited;
        return options.flag("invert") ? masked.invert() : masked;
    }

    private static Layer normalization(Options options) {
        Normalization layer = Normalization.of().axes(options.wholes("axis")).invert(options.flag("invert"));
        Normalization centred = options.has("mean") ? layer.mean(options.numbers("mean")) : layer;
        return options.has("variance") ? centred.variance(options.numbers("variance")) : centred;
    }
}
