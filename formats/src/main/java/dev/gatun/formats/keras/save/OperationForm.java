package dev.gatun.formats.keras.save;

import dev.gatun.formats.keras.save.Operations.Result;
import dev.gatun.layers.Concatenate;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Layer;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.Reduction;
import dev.gatun.layers.Slicing;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Layers that are operations of {@code keras.ops} in Keras: arithmetic, reductions, slices, and Concatenate where it ends masks.
 *
 * @param operations takes the nodes
 */
record OperationForm(Operations operations) {

    private static final String CONCATENATE = "Concatenate";
    private static final Set<String> TRUTHS = Set.of("equal", "not_equal", "greater", "greater_equal", "less",
            "less_equal", "logical_and", "logical_or", "logical_xor", "logical_not");
    private static final Set<String> ALONG_LAST = Set.of("softmax", "log_softmax", "sparsemax");
    private static final Set<String> NOT_OPERATIONS = Set.of("linear", "mish", "glu", "threshold",
            "hard_sigmoid_keras2");

    /** Whether Keras has an operation where Gatun has this layer. */
    static boolean isOperation(Layer layer) {
        return layer instanceof Elementwise || layer instanceof Reduction || layer instanceof Slicing
                || layer instanceof Concatenate && Boolean.TRUE.equals(layer.config().get("drops_masks"));
    }

    /**
     * The nodes of one call.
     *
     * @param name   of the last of them
     * @param layer  that is an operation
     * @param values it reads
     * @param shape  of what it makes
     * @throws IllegalArgumentException if Keras has no such operation
     */
    SavedTensor of(String name, Layer layer, List<SavedTensor> values, Shape shape) {
        return switch (layer) {
            case Elementwise elementwise -> elementwise(name, layer.config(), values, shape);
            case Reduction reduction -> reduction(name, layer.config(), values.getFirst(), shape);
            case Slicing slicing -> operations.named(name, Operations.NUMPY, "GetItem", Map.of(),
                    new Result(shape, values.getFirst().dtype()), values.getFirst(), key(layer.config()));
            default -> operations.named(name, Operations.NUMPY, CONCATENATE,
                    Map.of("axis", layer.config().get("axis")), new Result(shape, values.getFirst().dtype()), values);
        };
    }

    private SavedTensor elementwise(String name, Map<String, Object> config, List<SavedTensor> values, Shape shape) {
        String function = String.valueOf(config.get("function"));
        List<?> places = config.get("arguments") instanceof List<?> list ? list : List.of();
        Result numbers = new Result(shape, SavedTensor.FLOAT32);
        SavedTensor first = values.getFirst();
        return switch (function) {
            case "identity" -> operations.named(name, Operations.CORE, "Cast", Map.of("dtype", SavedTensor.FLOAT32),
                    numbers, first);
            case "is_true" -> operations.named(name, Operations.CORE, "Cast", Map.of("dtype", SavedTensor.BOOL),
                    Result.bool(shape), first);
            case "stop_gradient" -> operations.named(name, Operations.CORE, "StopGradient", Map.of(),
                    new Result(shape, first.dtype()), first);
            case "rsqrt" -> operations.named(name, Operations.MATH, "Rsqrt", Map.of(), numbers, number(first));
            case "truncate" -> operations.named(name, Operations.NUMPY, "Trunc", Map.of(), numbers, number(first));
            case "round" -> operations.named(name, Operations.NUMPY, "Round", Map.of("decimals", 0L), numbers,
                    number(first));
            case "zeros_like", "ones_like" -> operations.named(name, Operations.NUMPY, camelCase(function),
                    none("dtype"), numbers, number(first));
            case "clip" -> clip(name, places, values, numbers);
            case "activation" -> activation(name, config.get("activation"), number(first), numbers);
            default -> plain(name, function, arguments(places, values), shape);
        };
    }

    private SavedTensor plain(String name, String function, List<Object> arguments, Shape shape) {
        boolean isTruth = TRUTHS.contains(function);
        boolean allTruths = arguments.stream().allMatch(each -> each instanceof SavedTensor tensor && tensor.isBool());
        List<Object> given = allTruths && !isTruth
                ? arguments.stream().map(each -> (Object) number((SavedTensor) each)).toList()
                : arguments;
        return operations.named(name, Operations.NUMPY, camelCase(function), Map.of(),
                new Result(shape, isTruth ? SavedTensor.BOOL : SavedTensor.FLOAT32), given.toArray());
    }

    /** Numbers and values in their places. */
    private static List<Object> arguments(List<?> places, List<SavedTensor> values) {
        if (places.isEmpty()) {
            return List.copyOf(values);
        }
        List<Object> arguments = new ArrayList<>();
        int next = 0;
        for (Object place : places) {
            arguments.add(place == null ? values.get(next++) : place);
        }
        return arguments;
    }

    /** Keras has the ends as numbers, which it keeps, or not at all. */
    private SavedTensor clip(String name, List<?> places, List<SavedTensor> values, Result result) {
        List<Object> arguments = arguments(places, values);
        if (arguments.get(1) instanceof Number low && arguments.get(2) instanceof Number high) {
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("x_min", low);
            config.put("x_max", high);
            return operations.named(name, Operations.NUMPY, "Clip", config, result, number(values.getFirst()));
        }
        SavedTensor raised = operations.unnamed(Operations.NUMPY, "Maximum", Map.of(), result, arguments.get(0),
                arguments.get(1));
        return operations.named(name, Operations.NUMPY, "Minimum", Map.of(), result, raised, arguments.get(2));
    }

    private SavedTensor activation(String name, Object activation, SavedTensor read, Result result) {
        String keyword = activation instanceof Map<?, ?> map
                ? String.valueOf(map.get("class_name"))
                : String.valueOf(activation);
        if (NOT_OPERATIONS.contains(keyword) || keyword.equals("relu") && activation instanceof Map<?, ?>) {
            throw new IllegalArgumentException("Layer '" + name + "' (Elementwise) has activation=" + activation
                    + ", and Keras has no operation of it; use a layer Activation, or save the model as .gatun");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        if (ALONG_LAST.contains(keyword)) {
            config.put("axis", -1L);
        }
        if (activation instanceof Map<?, ?> map) {
            OptionReader.asMap(map.get("config"), name).forEach((argument, value) -> config.put(argument,
                    argument.equals("approximate") ? Boolean.valueOf(((Number) value).doubleValue() != 0) : value));
        }
        return switch (keyword) {
            case "tanh" -> operations.named(name, Operations.NUMPY, "Tanh", config, result, read);
            case "exponential" -> operations.named(name, Operations.NUMPY, "Exp", config, result, read);
            default -> operations.named(name, Operations.NN, camelCase(keyword), config, result, read);
        };
    }

    private SavedTensor reduction(String name, Map<String, Object> config, SavedTensor read, Shape shape) {
        String function = String.valueOf(config.get("function"));
        boolean isTruth = function.equals("any") || function.equals("all");
        List<?> axes = (List<?>) config.get("axes");
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("axis", axes.size() == 1 ? axes.getFirst() : axes);
        own.put("keepdims", Boolean.TRUE.equals(config.get("keepdims")));
        if (function.equals("max") || function.equals("min")) {
            own.put("initial", null);
        }
        return operations.named(name, Operations.NUMPY, camelCase(function), own,
                new Result(shape, isTruth ? SavedTensor.BOOL : SavedTensor.FLOAT32), isTruth ? read : number(read));
    }

    /** What is true or false is a number where one is computed with. */
    private SavedTensor number(SavedTensor tensor) {
        return tensor.isBool() ? operations.cast(tensor, SavedTensor.FLOAT32) : tensor;
    }

    /** Of the batch all, then what the parts say. */
    private static List<Object> key(Map<String, Object> config) {
        List<Object> key = new ArrayList<>();
        key.add(range("", "", ""));
        for (Object part : (List<?>) config.get("parts")) {
            String[] bounds = String.valueOf(part).split(":", -1);
            key.add(bounds.length == 1
                    ? (Object) Long.valueOf(bounds[0])
                    : range(bounds[0], bounds[1], bounds.length > 2 ? bounds[2] : ""));
        }
        return key;
    }

    private static Map<String, Object> range(String start, String stop, String step) {
        Map<String, Object> range = new LinkedHashMap<>();
        range.put("start", bound(start));
        range.put("stop", bound(stop));
        range.put("step", bound(step));
        return SavedObject.special("__slice__", range);
    }

    private static Long bound(String word) {
        return word.isEmpty() ? null : Long.valueOf(word);
    }

    private static Map<String, Object> none(String key) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(key, null);
        return config;
    }

    private static String camelCase(String word) {
        StringBuilder camel = new StringBuilder();
        for (String part : word.split("_")) {
            camel.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
        }
        return camel.toString();
    }
}
