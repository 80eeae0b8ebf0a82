package dev.gatun.tests.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.layers.LayerType;
import dev.gatun.layers.Option;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever a file can say of a layer, Java can say too: each option has a public method of its name, or one that is told here. */
final class WithersTest {

    /** Options whose method has another name, and their methods; {@code Class.option} where it is so of one class only. */
    private static final Map<String, String> SAID = said();

    /** These have one value for the sequences that there are, which nobody has to say. */
    private static final List<String> FIXED = List.of("MultiHeadAttention.attention_axes");

    private static Map<String, String> said() {
        Map<String, String> said = new HashMap<>();
        for (String option : List.of("cell", "cells", "layer", "l1", "l2", "filters", "kernel_size", "pool_size",
                "output_size", "size", "cropping", "num_heads", "key_dim", "head_dim", "num_query_heads",
                "num_key_value_heads", "function", "axes", "parts", "input_dim", "output_dim", "vocabulary", "value",
                "Activation.activation", "Elementwise.activation", "ZeroPadding1D.padding")) {
            said.put(option, "of");
        }
        // A cell takes what no cell of Keras's has from a layer.
        for (String option : List.of("peepholes", "peephole_initializer", "input_forget", "cell_clip", "forget_bias",
                "output_activation", "layer_norm", "layer_norm_epsilon", "projection", "clip",
                "learned_initial_state")) {
            for (String cell : List.of("LSTMCell", "GRUCell", "SimpleRNNCell")) {
                said.put(cell + "." + option, "of");
            }
        }
        said.putAll(Map.of("learned_initial_state", "learnInitialState", "dtype", "place", "negative_slope", "slope",
                "merge_mode", "merge", "data_format", "channelsFirst", "target_shape", "to", "n", "times",
                "arguments", "argument", "mask_value", "value"));
        said.putAll(Map.of("Normalization.axis", "axes", "scale", "by", "offset", "plus", "num_tokens", "tokens",
                "num_oov_indices", "oovIndices"));
        return said;
    }

    private static boolean isSaid(LayerType<?> type, String option) {
        String name = option.replace("_", "");
        String other = SAID.getOrDefault(type.options().kind() + "." + option, SAID.get(option));
        return Arrays.stream(type.layerClass().getMethods())
                .filter(method -> method.getParameterCount() > 0 || method.getReturnType() == type.layerClass())
                .anyMatch(method -> method.getName().equalsIgnoreCase(name) || method.getName().equals(other));
    }

    @Test
    void everyOptionCanBeSaidInJava() {
        List<String> silent = new ArrayList<>();
        int count = 0;
        for (LayerType<?> type : BuiltInTypes.ALL.all()) {
            for (Option<?> option : type.options().options()) {
                count++;
                if (BuiltInTypes.ALL.isGiven(type.options().kind()) && !isSaid(type, option.name())) {
                    silent.add(type.options().kind() + "." + option.name());
                }
            }
        }
        assertTrue(count > 300, count + " options");
        assertEquals(FIXED, silent);
    }
}
