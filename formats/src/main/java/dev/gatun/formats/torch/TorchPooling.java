package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pooling over the steps of a sequence as a word of an architecture: {@code max_pool1d(2)}, {@code avg_pool1d(3, 1)}, the second
 * number being the stride, otherwise that of the first.
 *
 * @param kind   of the layer, as Keras calls it
 * @param size   steps that are taken together
 * @param stride steps from one to the next
 */
record TorchPooling(String kind, int size, int stride) {

    private static final Pattern CALL = Pattern.compile("(max|avg)_?pool1d\\((\\d{1,9})(?:, ?(\\d{1,9}))?\\)");

    /** What a tree may say of it that has no word. */
    private static final Map<String, Object> PLAIN = Map.of("padding", 0, "dilation", 1, "ceil_mode", false,
            "count_include_pad", true, "return_indices", false);

    /** Null if a word is none. */
    static TorchPooling of(String word) {
        Matcher call = CALL.matcher(word);
        if (!call.matches()) {
            return null;
        }
        int size = Integer.parseInt(call.group(2));
        int stride = call.group(3) == null ? size : Integer.parseInt(call.group(3));
        return new TorchPooling(call.group(1).equals("max") ? "MaxPooling1D" : "AveragePooling1D", size, stride);
    }

    /**
     * The word for a module of a tree.
     *
     * @param type its class
     * @return null if it is no pooling
     * @throws IllegalArgumentException if it has an argument that the word has not
     */
    static String word(String name, String type, Map<?, ?> module) {
        if (type.equals("AdaptiveAvgPool1d") || type.equals("AdaptiveMaxPool1d")) {
            if (whole(module.get("output_size")) != 1) {
                throw refused(name, type, "output_size", module, "1, with which alone it is read");
            }
            return type.equals("AdaptiveAvgPool1d") ? "mean" : "max";
        }
        if (!type.equals("MaxPool1d") && !type.equals("AvgPool1d")) {
            return null;
        }
        PLAIN.forEach((argument, only) -> {
            Object given = module.get(argument);
            boolean isSame = only instanceof Number number ? whole(given) == number.intValue() : only.equals(given);
            if (given != null && !isSame) {
                throw refused(name, type, argument, module, only + ", with which alone it is read");
            }
        });
        int size = whole(module.get("kernel_size"));
        int stride = module.get("stride") == null ? size : whole(module.get("stride"));
        if (size < 1 || stride < 1) {
            throw refused(name, type, size < 1 ? "kernel_size" : "stride", module, "a number of steps");
        }
        return (type.equals("MaxPool1d") ? "max" : "avg") + "_pool1d(" + size + "," + stride + ")";
    }

    /** A number by itself or in a list; -1 for what is none. */
    private static int whole(Object value) {
        Object only = value instanceof List<?> list && list.size() == 1 ? list.getFirst() : value;
        return only instanceof Number number && number.intValue() == number.doubleValue() ? number.intValue() : -1;
    }

    private static IllegalArgumentException refused(String name, String type, String argument, Map<?, ?> module,
            String expected) {
        return new IllegalArgumentException("module " + FormatException.quote(name) + " of the tree is a " + type
                + " whose " + argument + " is " + FormatException.quote(String.valueOf(module.get(argument)))
                + ", expected " + expected);
    }
}
