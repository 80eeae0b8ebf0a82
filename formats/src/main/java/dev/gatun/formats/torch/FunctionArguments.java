package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import java.util.Locale;
import java.util.Map;

/** Arguments of modules in a tree that change what they compute: they are in the word, or the only ones there are. */
record FunctionArguments(String name, String type, Map<?, ?> module) {

    /** Of classes that are read with these alone, which are PyTorch's defaults. */
    private static final Map<String, Map<String, Object>> FIXED = Map.of(
            "Softplus", Map.of("beta", 1, "threshold", 20),
            "GLU", Map.of("dim", -1),
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

    /** Whether a class is a function that a word stands for. */
    static boolean isFunction(String type) {
        return type.equals("RReLU") || TorchFunction.isOne(type.toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException if it has an argument that no word has */
    String word() {
        String word = type.toLowerCase(Locale.ROOT);
        if (type.equals("Hardtanh")) {
            return hardTanh();
        }
        if (type.equals("RReLU")) {
            return "leaky_relu(" + (number("lower", 1.0 / 8) + number("upper", 1.0 / 3)) / 2 + ")"; // As it serves.
        }
        if (module.containsKey("lambd")) {
            return word + "(" + number("lambd", 0) + ")";
        }
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

    /** Between two bounds there are two that are functions of their own. */
    private String hardTanh() {
        double least = number("min_val", -1);
        double most = number("max_val", 1);
        if (least == 0 && most == 6) {
            return "relu6";
        }
        if (least != -1 || most != 1) {
            throw refused(least == -1 ? "max_val" : "min_val", "expected bounds -1 and 1, or 0 and 6");
        }
        return "hardtanh";
    }

    private double number(String argument, double otherwise) {
        if (!module.containsKey(argument)) {
            return otherwise;
        }
        if (!(module.get(argument) instanceof Number number)) {
            throw refused(argument, "expected a number");
        }
        return number.doubleValue();
    }

    private IllegalArgumentException refused(String argument, String expected) {
        return new IllegalArgumentException("module " + FormatException.quote(name) + " of the tree is a " + type
                + " whose " + argument + " is " + FormatException.quote(String.valueOf(module.get(argument))) + ", "
                + expected);
    }
}
