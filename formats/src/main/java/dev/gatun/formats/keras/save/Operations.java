package dev.gatun.formats.keras.save;

import dev.gatun.memory.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Operations of {@code keras.ops}, each a node of its own. */
final class Operations {

    static final String NUMPY = "numpy";
    static final String NN = "nn";
    static final String CORE = "core";
    static final String MATH = "math";

    private final SavedNames names;

    Operations(SavedNames names) {
        this.names = names;
    }

    /** What a result is. */
    record Result(Shape shape, String dtype) {
        static Result like(SavedTensor tensor) {
            return new Result(tensor.shape(), tensor.dtype());
        }

        static Result bool(Shape shape) {
            return new Result(shape, SavedTensor.BOOL);
        }
    }

    /** One called as Keras calls it where nobody gives a name. */
    SavedTensor unnamed(String module, String kind, Map<String, ?> config, Result result, Object... args) {
        String wish = kind.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return named(names.unused(wish), module, kind, config, result, args);
    }

    SavedTensor named(String name, String module, String kind, Map<String, ?> config, Result result, Object... args) {
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("name", name);
        own.putAll(config);
        SavedNode node = new SavedNode(name, null,
                SavedObject.of("keras.src.ops." + module, kind, own, kind));
        return node.call(SavedCall.of(args), result.shape(), result.dtype());
    }

    /** The same numbers as another type. */
    SavedTensor cast(SavedTensor tensor, String dtype) {
        return unnamed(CORE, "Cast", Map.of("dtype", dtype), new Result(tensor.shape(), dtype), tensor);
    }
}
