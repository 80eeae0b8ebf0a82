package dev.gatun.formats.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An architecture from a tree of modules: their names joined by dots, in order. */
final class ModuleTree {

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU", "RNN");
    private static final Set<String> WITH_PARAMETERS = Set.of("LSTM", "GRU", "RNN", "LSTMCell", "GRUCell", "RNNCell",
            "Linear",
            "Embedding", "Conv1d", "LayerNorm", "RMSNorm", "GroupNorm", "BatchNorm1d", "PReLU", "MultiheadAttention");

    /** They do nothing when a model serves. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("Dropout", "Dropout1d", "AlphaDropout",
            "FeatureAlphaDropout",
            "Identity");

    private static final List<String> ARGUMENTS = List.of("nonlinearity", "eps", "padding", "stride", "dilation",
            "groups",
            "num_heads", "num_groups");

    private final List<String> words = new ArrayList<>();
    private final List<Runnable> given = new ArrayList<>();
    private TorchArchitecture architecture;
    private boolean isTimeFirst;

    TorchArchitecture read(Map<String, Object> root) {
        add("", root);
        architecture = TorchArchitecture.forward(words.toArray(String[]::new));
        given.forEach(Runnable::run);
        return isTimeFirst ? architecture.timeFirst() : architecture;
    }

    /** JSON is no deeper than its reader lets it be. */
    private void add(String prefix, Map<?, ?> module) {
        if (!(module.get("type") instanceof String type)) {
            throw new IllegalArgumentException("module '" + prefix + "' of the tree has no type; give its class");
        }
        if (module.get("children") instanceof List<?> children) {
            for (Object child : children) {
                if (!(child instanceof Map<?, ?> inner) || !(inner.get("name") instanceof String name)) {
                    throw new IllegalArgumentException(
                            "module '" + prefix + "' of the tree has a child without a name");
                }
                add(prefix.isEmpty() ? name : prefix + "." + name, inner);
            }
        } else {
            addLeaf(prefix, type, module);
        }
    }

    private void addLeaf(String name, String type, Map<?, ?> module) {
        String word = type.toLowerCase(Locale.ROOT);
        new FunctionArguments(name, type, module).requireFixed();
        if (type.equals("LayerNorm") && Boolean.FALSE.equals(module.get("elementwise_affine"))) {
            words.add(PlainNorm.word(module.get("eps") instanceof Number eps ? eps : PlainNorm.EPSILON));
        } else if (WITH_PARAMETERS.contains(type)) {
            words.add(name.isEmpty() ? word.replace("cell", "") : name);
            addArguments(words.getLast(), module);
            if (!isRecurrent(type)) {
                given.add(typed(words.getLast(), type));
            }
            isTimeFirst |= RECURRENT.contains(type) && Boolean.FALSE.equals(module.get("batch_first"));
        } else if (type.equals("Flatten")) {
            words.add(word);
        } else if (TorchPooling.word(name, type, module) != null) {
            words.add(TorchPooling.word(name, type, module));
        } else if (FunctionArguments.isFunction(type)) {
            words.add(new FunctionArguments(name, type, module).word());
        } else if (!WITHOUT_EFFECT.contains(type)) {
            throw new IllegalArgumentException(
                    "module '" + name + "' of the tree is a " + type + ", which is not known;"
                            + " known with parameters are " + WITH_PARAMETERS + ", without "
                            + WITHOUT_EFFECT
                            + ", Flatten, MaxPool1d, AvgPool1d, AdaptiveAvgPool1d, AdaptiveMaxPool1d and "
                            + TorchFunction.known());
        }
    }

    private static boolean isRecurrent(String type) {
        return RECURRENT.contains(type.replace("Cell", ""));
    }

    private Runnable typed(String name, String type) {
        return () -> architecture = architecture.with(name, "type", type);
    }

    private void addArguments(String name, Map<?, ?> module) {
        for (String argument : ARGUMENTS) {
            Object value = module.get(argument) instanceof List<?> list && list.size() == 1
                    ? list.getFirst()
                    : module.get(argument);
            if (value instanceof Number || value instanceof String) {
                given.add(() -> architecture = architecture.with(name, argument, value));
            }
        }
    }
}
