package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import java.util.Locale;
import java.util.Map;

/** Arguments of modules in a tree that change what they compute: they are in the word, or the only ones there are. */
record FunctionArguments(String name, String type, Map<?, ?> module) {

    /** Of classes that are read with these alone, which are PyTorch's defaults. */
    private static final Map<String, Map<String, Object>> FIXED = Map.of(
            "Softplus", Map.of("beta", 1, "threshold", 20),
            "Hardtanh", Map.of("min_val", -1, "max_val", 1),
            "Softshrink", Map.of("lambd", 0.5),
            "Hardshrink", Map.of("lambd", 0.5),
            "Flatten", Map.of("start_dim", 1, "end_dim", -1),
            "Conv1d", Map.of("padding_mode", "zeros"));

    /** @throws IllegalArgumentException if one has another value */
    void requireFixed() {
        FIXED.getOrDefault(type, Map.of()).forEach((argument, only) -> {
            if (module.containsKey(argument) && !isSame(module.get(argument), only)) {
                throw refused(argument, "expected " + only + ", with which alone it is read");
            }
        });
    }

    private static boolean isSame(Object given, Object only) {
        return given instanceof Number one && only instanceof Number other
                ? one.doubleValue() == other.doubleValue()
                : only.equals(given);
    }

    /** @throws IllegalArgumentException if it has an argument that no word has */
    String word() {
        String word = type.toLowerCase(Locale.ROOT);
        if (word.equals("gelu") && module.containsKey("approximate")) {
            return switch (String.valueOf(module.get("approximate"))) {
                case "none" -> word;
                case "tanh" -> TorchFunction.TANH_GELU;
                default -> throw refused("approximate", "expected none or tanh");
            };
        }
        if (TorchFunction.hasAxis(word) && module.containsKey("dim")) {
            if (!(module.get("dim") instanceof Number axis) || axis.intValue() != axis.doubleValue()) {
                throw refused("dim", "expected the number of an axis; -1 is that of the features");
            }
            return word + "(" + axis.intValue() + ")";
        }
        Object argument = module.containsKey("negative_slope") ? module.get("negative_slope") : module.get("alpha");
        return argument == null ? word : word + "(" + argument + ")";
    }

    private IllegalArgumentException refused(String argument, String expected) {
        return new IllegalArgumentException("module " + FormatException.quote(name) + " of the tree is a " + type
                + " whose " + argument + " is " + FormatException.quote(String.valueOf(module.get(argument))) + ", "
                + expected);
    }
}
