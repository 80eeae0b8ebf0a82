package dev.gatun.formats.keras;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keras's dtype policies. Layers that compute in another precision there compute in float32 here. */
final class KerasPolicies {

    private static final String KEY = "dtype";
    private static final String FLOAT32 = "float32";
    private static final Set<String> OTHERS = Set.of("float16", "bfloat16", "float64", "mixed_float16",
            "mixed_bfloat16");

    private KerasPolicies() {}

    /** The type that stands for a policy here; the policy's own name if it is no precision. */
    static Object plain(Object dtype) {
        Object name = name(dtype);
        return OTHERS.contains(name) ? FLOAT32 : name;
    }

    private static Object name(Object dtype) {
        return dtype instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> config
                ? String.valueOf(config.get("name"))
                : dtype;
    }

    /** Those of another precision, wherever they stand in a configuration. */
    static Set<String> others(Object json) {
        Set<String> found = new TreeSet<>();
        collect(json, found);
        return found;
    }

    private static void collect(Object json, Set<String> found) {
        if (json instanceof List<?> list) {
            list.forEach(each -> collect(each, found));
        } else if (json instanceof Map<?, ?> map) {
            if (map.containsKey(KEY) && name(map.get(KEY)) instanceof String policy && OTHERS.contains(policy)) {
                found.add(policy);
            }
            map.values().forEach(each -> collect(each, found));
        }
    }
}
