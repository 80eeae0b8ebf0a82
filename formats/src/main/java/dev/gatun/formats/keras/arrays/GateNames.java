package dev.gatun.formats.keras.arrays;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Keras 1 gave the arrays of a recurrent layer: kind and gate behind the layer's name. */
final class GateNames {

    private static final Pattern NAME = Pattern.compile("_([WUb])_([a-z])(?::\\d+)?(?:_\\d+)?$");
    private static final String KINDS = "WUb";

    private GateNames() {}

    /**
     * Kernel, recurrent kernel and bias of one gate after the other.
     *
     * @param gates letters in their order
     * @return the arrays as they are if their names do not say what they are
     */
    static List<SavedArray> inOrder(List<SavedArray> arrays, String gates) {
        Map<String, SavedArray> named = new HashMap<>();
        for (SavedArray array : arrays) {
            Matcher name = NAME.matcher(array.name());
            if (!name.find()) {
                return arrays;
            }
            named.put(name.group(1) + name.group(2), array);
        }
        List<SavedArray> ordered = new ArrayList<>();
        for (char gate : gates.toCharArray()) {
            for (char kind : KINDS.toCharArray()) {
                SavedArray array = named.get("" + kind + gate);
                if (array == null) {
                    return arrays;
                }
                ordered.add(array);
            }
        }
        return ordered;
    }
}
