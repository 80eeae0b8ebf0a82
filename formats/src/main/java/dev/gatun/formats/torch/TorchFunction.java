package dev.gatun.formats.torch;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Activations by the words of an architecture, which are those of {@code torch.nn.functional}: {@code relu}, {@code leaky_relu} or
 * {@code leaky_relu(0.2)}. Where PyTorch and Keras have another number if none is given, it is PyTorch's.
 */
final class TorchFunction {

    /** The word for a GELU whose argument {@code approximate} is so. */
    static final String TANH_GELU = "gelu(tanh)";

    private static final Set<String> OVER_AN_AXIS = Set.of("softmax", "log_softmax");
    private static final Pattern AXIS = Pattern.compile("-?[0-9]");

    /** Keras's keyword by PyTorch's class, in small letters without underscores. */
    private static final Map<String, String> KEYWORDS = new LinkedHashMap<>();

    /** The one argument that some have, and what it is unless it is given. */
    private static final Map<String, Map.Entry<String, Double>> ARGUMENTS = Map.of("leaky_relu",
            Map.entry("negative_slope", 0.01), "elu", Map.entry("alpha", 1.0), "celu", Map.entry("alpha", 1.0),
            "soft_shrink", Map.entry("threshold", 0.5), "hard_shrink", Map.entry("threshold", 0.5));

    /** The words for functions with an argument that has Keras's default, which a layer's option leaves out. */
    private static final Map<String, String> DEFAULTS = Map.of("leaky_relu", "leaky_relu(0.2)", "elu", "elu(1.0)",
            "celu", "celu(1.0)", "soft_shrink", "soft_shrink(0.5)", "hard_shrink", "hard_shrink(0.5)");

    private static final Pattern CALL = Pattern.compile("([a-z0-9_]+)(?:\\((-?[0-9.]{1,20}(?:e-?[0-9]{1,3})?)\\))?");

    static {
        for (String same : new String[] {"relu", "tanh", "sigmoid", "softmax", "log_softmax", "leaky_relu", "elu",
            "selu",
            "celu", "gelu", "silu", "mish", "softplus", "softsign", "relu6", "log_sigmoid", "tanh_shrink",
            "soft_shrink",
            "hard_shrink", "hard_tanh", "hard_sigmoid", "glu"}) {
            KEYWORDS.put(same.replace("_", ""), same);
        }
        KEYWORDS.put("hardswish", "hard_silu");
        KEYWORDS.put("hardsilu", "hard_silu");
        KEYWORDS.put("swish", "silu");
        KEYWORDS.put("identity", "linear");
        KEYWORDS.put("linear", "linear");
    }

    private TorchFunction() {}

    /** Whether a word, without an argument, is a function over an axis. */
    static boolean hasAxis(String word) {
        return OVER_AN_AXIS.contains(KEYWORDS.getOrDefault(plain(word), ""));
    }

    /** Whether a word is an activation. */
    static boolean isOne(String word) {
        Matcher call = CALL.matcher(word.toLowerCase(Locale.ROOT));
        if (word.equalsIgnoreCase(TANH_GELU) || call.matches() && isAxis(call.group(2)) && hasAxis(call.group(1))) {
            return true;
        }
        return call.matches() && KEYWORDS.containsKey(plain(call.group(1)))
                && (call.group(2) == null || ARGUMENTS.containsKey(KEYWORDS.get(plain(call.group(1)))));
    }

    /** The words there are, for messages. */
    static String known() {
        return String.join(", ", KEYWORDS.values().stream().distinct().toList());
    }

    private static boolean isAxis(String argument) {
        return argument != null && AXIS.matcher(argument).matches();
    }

    /**
     * As the options of a layer have it: a keyword, or class name and arguments.
     *
     * @param rank axes of the value that it is a function of, the batch among them
     */
    static Object option(String word, int rank) {
        if (word.equalsIgnoreCase(TANH_GELU)) {
            return Map.of("class_name", "gelu", "config", Map.of("approximate", 1));
        }
        Matcher call = CALL.matcher(word.toLowerCase(Locale.ROOT));
        if (!call.matches()) {
            throw new IllegalArgumentException("'" + word + "' is no activation; known are " + known());
        }
        String keyword = KEYWORDS.get(plain(call.group(1)));
        if (isAxis(call.group(2)) && OVER_AN_AXIS.contains(keyword)) {
            requireLast(word, Integer.parseInt(call.group(2)), rank);
            return keyword;
        }
        Map.Entry<String, Double> argument = ARGUMENTS.get(keyword);
        if (argument == null) {
            return keyword;
        }
        double value = call.group(2) == null ? argument.getValue() : Double.parseDouble(call.group(2));
        return Map.of("class_name", keyword, "config", Map.of(argument.getKey(), value));
    }

    private static void requireLast(String word, int axis, int rank) {
        if (axis != -1 && axis != rank - 1) {
            throw new IllegalArgumentException("'" + word + "' goes along axis " + axis + " of a value of " + rank
                    + " axes, and is read only along the last, of the features");
        }
    }

    /** The word for a layer's option; null if PyTorch's word for it has other arguments or there is none. */
    static String word(Object option) {
        if (option instanceof String keyword) {
            return ARGUMENTS.containsKey(keyword)
                    ? DEFAULTS.get(keyword)
                    : KEYWORDS.containsValue(keyword) ? keyword : null;
        }
        Map<?, ?> map = (Map<?, ?>) option;
        String keyword = (String) map.get("class_name");
        Map<?, ?> arguments = (Map<?, ?>) map.get("config");
        if (keyword.equals("gelu") && arguments.get("approximate") instanceof Number number
                && number.doubleValue() == 1) {
            return TANH_GELU;
        }
        Map.Entry<String, Double> known = ARGUMENTS.get(keyword);
        boolean isKnown = known != null && arguments.size() == 1
                && arguments.get(known.getKey()) instanceof Number number && number.doubleValue() >= 0;
        return isKnown ? keyword + "(" + arguments.get(known.getKey()) + ")" : null;
    }

    private static String plain(String word) {
        return word.replace("_", "");
    }
}
