package dev.gatun.formats.keras.generations;

import java.util.HashMap;
import java.util.Map;

/** The names of Keras 1. */
final class Keras1Names {

    private static final Map<String, String> LAYERS = Map.of("Convolution1D", "Conv1D", "AtrousConvolution1D",
            "Conv1D");

    /** Of all layers that have them. */
    private static final Map<String, String> OPTIONS = options();

    /** Of one class, where they mean something else than elsewhere or are the class's alone. */
    private static final Map<String, Map<String, String>> OF_CLASSES = Map.of(
            "Embedding", Map.of("init", "embeddings_initializer", "W_regularizer", "embeddings_regularizer",
                    "W_constraint", "embeddings_constraint", "output_dim", "output_dim"),
            "PReLU", Map.of("init", "alpha_initializer"),
            "Dropout", Map.of("p", "rate"),
            "SpatialDropout1D", Map.of("p", "rate"),
            "GaussianDropout", Map.of("p", "rate"),
            "GaussianNoise", Map.of("sigma", "stddev"),
            "UpSampling1D", Map.of("length", "size"));

    private Keras1Names() {}

    private static Map<String, String> options() {
        Map<String, String> names = new HashMap<>();
        names.put("output_dim", "units");
        names.put("init", "kernel_initializer");
        names.put("inner_init", "recurrent_initializer");
        names.put("inner_activation", "recurrent_activation");
        names.put("bias", "use_bias");
        names.put("dropout_W", "dropout");
        names.put("dropout_U", "recurrent_dropout");
        names.put("W_regularizer", "kernel_regularizer");
        names.put("U_regularizer", "recurrent_regularizer");
        names.put("b_regularizer", "bias_regularizer");
        names.put("W_constraint", "kernel_constraint");
        names.put("U_constraint", "recurrent_constraint");
        names.put("b_constraint", "bias_constraint");
        names.put("nb_filter", "filters");
        names.put("filter_length", "kernel_size");
        names.put("subsample_length", "strides");
        names.put("atrous_rate", "dilation_rate");
        names.put("border_mode", "padding");
        names.put("pool_length", "pool_size");
        names.put("stride", "strides");
        names.put("gamma_init", "gamma_initializer");
        names.put("beta_init", "beta_initializer");
        return Map.copyOf(names);
    }

    static String layer(String kind) {
        return LAYERS.getOrDefault(kind, kind);
    }

    static String option(String kind, String name) {
        String own = OF_CLASSES.getOrDefault(kind, Map.of()).get(name);
        return own == null ? OPTIONS.getOrDefault(name, name) : own;
    }
}
