package dev.gatun.formats.keras.legacy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** By how much what low-rank adaptation learned is multiplied before it is added: alpha / rank of each layer that has it. */
final class LoraFactors {

    private LoraFactors() {}

    /** @param json a configuration, or any part of one; null for none */
    static Map<String, Double> of(Object json) {
        Map<String, Double> factors = new HashMap<>();
        collect(json, factors);
        return factors;
    }

    private static void collect(Object json, Map<String, Double> factors) {
        if (json instanceof Collection<?> all) {
            all.forEach(each -> collect(each, factors));
        } else if (json instanceof Map<?, ?> map) {
            if (map.get("lora_rank") instanceof Number rank && map.get("lora_alpha") instanceof Number alpha
                    && rank.doubleValue() > 0) {
                factors.put(String.valueOf(map.get("name")), alpha.doubleValue() / rank.doubleValue());
            }
            map.values().forEach(each -> collect(each, factors));
        }
    }
}
