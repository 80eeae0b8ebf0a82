package dev.gatun.formats.torch;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A normalization over the features that has no parameters, as a word of an architecture: {@code layer_norm}, or
 * {@code layer_norm(1e-3)} with another eps than PyTorch's 1e-5. It is {@code nn.LayerNorm(..., elementwise_affine=False)}, of
 * which a state dict holds nothing.
 */
final class PlainNorm {

    /** PyTorch's, unless it is given. */
    static final double EPSILON = 1e-5;

    private static final Pattern CALL = Pattern.compile("layer_?norm(?:\\(([0-9.]{1,20}(?:e-?[0-9]{1,3})?)\\))?");

    private PlainNorm() {}

    /** Whether a word is such a normalization. */
    static boolean isOne(String word) {
        return call(word).matches();
    }

    private static Matcher call(String word) {
        return CALL.matcher(word.toLowerCase(Locale.ROOT));
    }

    /** The word for one with this eps; no module has such a name. */
    static String word(Object eps) {
        return "layer_norm(" + eps + ")";
    }

    /** The options of the layer for a word that is one. */
    static Map<String, Object> options(String word) {
        Matcher call = call(word);
        double eps = call.matches() && call.group(1) != null ? Double.parseDouble(call.group(1)) : EPSILON;
        return Map.of("epsilon", eps, "center", false, "scale", false);
    }
}
