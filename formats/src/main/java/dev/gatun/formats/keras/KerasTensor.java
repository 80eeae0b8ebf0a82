package dev.gatun.formats.keras;

import java.util.List;
import java.util.Map;

/**
 * A value as Keras 3 writes it among the arguments of a call.
 *
 * @param history layer, node and tensor
 * @param shape   sizes, batch first; null for one that is not known
 * @param dtype   what its numbers are
 */
record KerasTensor(List<?> history, List<?> shape, String dtype) {

    /** @return null if it is something else */
    static KerasTensor of(Object argument) {
        if (argument instanceof Map<?, ?> map && "__keras_tensor__".equals(map.get("class_name"))
                && map.get("config") instanceof Map<?, ?> config
                && config.get("keras_history") instanceof List<?> history && history.size() >= 3) {
            List<?> shape = config.get("shape") instanceof List<?> sizes ? sizes : List.of();
            return new KerasTensor(List.copyOf(history.subList(0, 3)), shape, String.valueOf(config.get("dtype")));
        }
        return null;
    }

    String layer() {
        return String.valueOf(history.getFirst());
    }
}
