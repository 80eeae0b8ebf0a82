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
    /** In the name of a policy of quantized weights: {@code int8_from_float32}. */
    private static final String QUANTIZED = "_from_";

    private KerasPolicies() {}

    /**
     * The type that stands for a policy here; the policy's own name if it is no precision.
     *
     * @throws IllegalArgumentException if the layer was quantized: its weights are no longer what it was trained to
     */
    static Object plain(String owner, Object dtype) {
        if (dtype instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> policy) {
            if (policy.get("mode") != null) {
                throw quantized(owner, policy.get("mode"));
            }
            if (policy.containsKey("policy_map")) {
                return ofMap(owner, policy);
            }
        }
        Object name = name(dtype);
        if (name instanceof String text && text.contains(QUANTIZED)) {
            throw quantized(owner, text.substring(0, text.indexOf(QUANTIZED)));
        }
        return OTHERS.contains(name) ? FLOAT32 : name;
    }

    /** One policy for each layer within. */
    private static Object ofMap(String owner, Map<?, ?> policies) {
        if (policies.get("policy_map") instanceof Map<?, ?> within) {
            for (Object policy : within.values()) {
                Object plain = plain(owner, policy);
                if (!FLOAT32.equals(plain)) {
                    return plain;
                }
            }
        }
        return policies.get("default_policy") == null ? FLOAT32 : plain(owner, policies.get("default_policy"));
    }

    private static IllegalArgumentException quantized(String owner, Object mode) {
        return new IllegalArgumentException(
                owner + " has a dtype that is quantized to " + mode + ", which Gatun does not read; save the"
                        + " model as it was before model.quantize");
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
