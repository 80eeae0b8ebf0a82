package dev.gatun.formats.keras.save;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A call of a layer or an operation.
 *
 * @param args   values by position: tensors, numbers, and lists of such
 * @param kwargs values by name
 */
record SavedCall(List<Object> args, SortedMap<String, Object> kwargs) {

    /** A call with values by position alone. */
    static SavedCall of(Object... args) {
        return new SavedCall(List.of(args), new TreeMap<>());
    }

    SavedCall {
        args = List.copyOf(args);
    }

    /** All tensors in the order in which Keras looks at them: by position, then sorted by name. */
    List<SavedTensor> tensors() {
        List<SavedTensor> tensors = new ArrayList<>();
        add(args, tensors);
        kwargs.values().forEach(value -> add(value, tensors));
        return tensors;
    }

    private static void add(Object value, List<SavedTensor> tensors) {
        if (value instanceof SavedTensor tensor) {
            tensors.add(tensor);
        } else if (value instanceof List<?> list) {
            list.forEach(each -> add(each, tensors));
        }
    }

    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("args", plain(args));
        Map<String, Object> named = new LinkedHashMap<>();
        kwargs.forEach((name, value) -> named.put(name, plain(value)));
        plain.put("kwargs", named);
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof SavedTensor tensor) {
            return tensor.argument();
        }
        return value instanceof List<?> list ? list.stream().map(SavedCall::plain).toList() : value;
    }
}
