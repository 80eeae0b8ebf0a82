package dev.gatun.formats.keras;

import dev.gatun.layers.OptionReader;
import dev.gatun.layers.type.BuiltInTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Operations of {@code keras.ops} that Keras writes among the layers of functional models, as layers of Gatun's. They are told
 * from layers of the same class name by their module. Source: {@code keras/src/ops}, the classes of operations.
 */
final class KerasOperations {

    private static final String MODULE = "keras.src.ops";
    private static final String ELEMENTWISE = "Elementwise";
    private static final Set<String> TAKE_ANY = Set.of(ELEMENTWISE, "Reduction", "Slicing", "StepMask");
    private static final Map<String, String> RENAMED = Map.of("TrueDivide", "divide", "Trunc", "truncate", "Copy",
            "identity", "Matmul", "matmul");
    private static final Set<String> PLAIN = Set.of("Add", "Subtract", "Multiply", "Divide", "TrueDivide",
            "FloorDivide",
            "Power", "Maximum", "Minimum", "Equal", "NotEqual", "Greater", "GreaterEqual", "Less", "LessEqual",
            "LogicalAnd", "LogicalOr", "LogicalXor", "LogicalNot", "Negative", "Absolute", "Square", "Sqrt", "Rsqrt",
            "Log", "Log1p", "Reciprocal", "Sin", "Cos", "Sign", "Floor", "Ceil", "Trunc", "Where", "Copy",
            "StopGradient");
    private static final Map<String, String> REDUCED = Map.of("Mean", "mean", "Sum", "sum", "Max", "max", "Amax", "max",
            "Min", "min", "Amin", "min", "Any", "any", "All", "all");
    private static final Map<String, String> ACTIVATIONS = activations();
    private static final Set<String> OTHERS = Set.of("Clip", "Round", "Cast", "ConvertToTensor", "ZerosLike",
            "OnesLike",
            "Reshape", "ExpandDims", "Squeeze", "Transpose", "Concatenate", "GetItem", "Matmul");

    private KerasOperations() {}

    private static Map<String, String> activations() {
        Map<String, String> activations = new HashMap<>(Map.of("Exp", "exponential"));
        for (String kind : List.of("Tanh", "Sigmoid", "Relu", "Relu6", "Softplus", "Softsign", "Silu", "LogSigmoid",
                "HardSigmoid", "HardSilu", "Selu", "SparseSigmoid", "SparsePlus", "TanhShrink", "HardTanh",
                "Squareplus",
                "LeakyRelu", "Elu", "Celu", "Gelu", "SoftShrink", "HardShrink", "Softmax", "LogSoftmax", "Sparsemax")) {
            activations.put(kind, snakeCase(kind));
        }
        return Map.copyOf(activations);
    }

    private static String snakeCase(String kind) {
        return RENAMED.getOrDefault(kind,
                kind.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT));
    }

    /**
     * Whether what stands among the layers is an operation; some have the class name of a layer. HDF5 files of the old layout and
     * TensorFlow.js's converter leave the modules out; then those are that are nothing else, or have not what each layer has.
     */
    static boolean isOperation(Map<String, Object> node) {
        Object module = node.get("module");
        String kind = String.valueOf(node.get("class_name"));
        return module == null
                ? knows(kind) && (!BuiltInTypes.ALL.knows(kind) || isBare(node))
                : module.toString().startsWith(MODULE);
    }

    /** A layer of Keras 3 says whether it is trained and in which precision it computes; an operation is neither. */
    private static boolean isBare(Map<String, Object> node) {
        return node.get("config") instanceof Map<?, ?> config && !config.containsKey("trainable")
                && !config.containsKey("dtype") && node.get("inbound_nodes") instanceof List<?> calls
                && calls.size() == 1 && calls.getFirst() instanceof Map<?, ?>;
    }

    /** Whether there is a layer for the operations of a class. */
    static boolean knows(String kind) {
        return PLAIN.contains(kind) || REDUCED.containsKey(kind) || ACTIVATIONS.containsKey(kind)
                || OTHERS.contains(kind);
    }

    /** Whether a layer of Gatun's reads numbers of every type, so that it says nothing of what an input is. */
    static boolean takesAny(Map<String, Object> layer) {
        return TAKE_ANY.contains(String.valueOf(layer.get("class_name")));
    }

    /** class_name, name, config and calls. */
    static Map<String, Object> toGatun(Map<String, Object> node) {
        KerasOperation operation = KerasOperation.of(node);
        Map<String, Object> gatun = layer(operation);
        operation.options().requireNothingLeft();
        return gatun;
    }

    private static Map<String, Object> layer(KerasOperation operation) {
        String kind = operation.kind();
        if (PLAIN.contains(kind)) {
            return elementwise(operation, snakeCase(kind), operation.arguments());
        }
        if (REDUCED.containsKey(kind)) {
            return reduction(operation, REDUCED.get(kind));
        }
        if (ACTIVATIONS.containsKey(kind)) {
            return activation(operation, ACTIVATIONS.get(kind));
        }
        OptionReader options = operation.options();
        Object only = operation.argument(0);
        return switch (kind) {
            case "Clip" -> elementwise(operation, "clip", List.of(only,
                    options.number("x_min", Double.NEGATIVE_INFINITY),
                    options.number("x_max", Double.POSITIVE_INFINITY)));
            case "Round" -> {
                options.only("decimals", 0L);
                yield elementwise(operation, "round", List.of(only));
            }
            case "Cast", "ConvertToTensor" -> {
                options.ignore("sparse");
                options.only("ragged", null);
                yield elementwise(operation, cast(options.text("dtype", "float32")), List.of(only));
            }
            case "ZerosLike", "OnesLike" -> {
                options.ignore("dtype");
                yield elementwise(operation, snakeCase(kind), List.of(only));
            }
            default -> new KerasShaping(operation).layer();
        };
    }

    /** Whole numbers are what stands before the point; what is true is 1. */
    private static String cast(String type) {
        return type.equals("bool")
                ? "is_true"
                : type.startsWith("float") || type.startsWith("bfloat") ? "identity" : "truncate";
    }

    /** @param arguments tensors and numbers */
    private static Map<String, Object> elementwise(
            KerasOperation operation, String function, List<Object> arguments) {
        List<Object> numbers = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Object argument : arguments) {
            Object number = KerasOperation.number(argument);
            numbers.add(number);
            if (number == null) {
                values.add(operation.tensor(argument).history());
            }
        }
        if (values.isEmpty()) {
            throw operation.refused("is called with numbers alone; at least one has to be a value of the graph");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("function", function);
        if (values.size() < numbers.size()) {
            config.put("arguments", numbers);
        }
        return operation.layer(ELEMENTWISE, config, values);
    }

    private static Map<String, Object> reduction(KerasOperation operation, String function) {
        OptionReader options = operation.options();
        options.only("initial", null);
        List<Integer> axes = operation.axes("axis");
        if (axes.isEmpty()) {
            throw operation.refused("goes over all axes, the batch among them, and samples stay apart; give it axes");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("function", function);
        config.put("axes", axes.stream().map(Integer::longValue).toList());
        config.put("keepdims", options.flag("keepdims", false));
        return operation.layer("Reduction", config, List.of(operation.tensor(operation.argument(0)).history()));
    }

    private static Map<String, Object> activation(KerasOperation operation, String keyword) {
        KerasTensor read = operation.tensor(operation.argument(0));
        Map<String, Object> arguments = new LinkedHashMap<>();
        operation.config().forEach((key, value) -> {
            operation.options().ignore(key);
            if (key.equals("axis")) {
                requireLast(operation, read, value);
            } else if (!key.equals("name")) {
                arguments.put(key, value instanceof Boolean flag ? (Object) (flag ? 1.0 : 0.0) : value);
            }
        });
        Object activation = arguments.isEmpty()
                ? keyword
                : new LinkedHashMap<>(Map.of("class_name", keyword, "config", arguments));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("function", "activation");
        config.put("activation", activation);
        return operation.layer(ELEMENTWISE, config, List.of(read.history()));
    }

    private static void requireLast(KerasOperation operation, KerasTensor read, Object axis) {
        if (!(axis instanceof Number number)
                || number.doubleValue() != -1 && number.doubleValue() != read.shape().size() - 1) {
            throw operation.refused("goes along axis " + axis + ", and Gatun's goes along the last");
        }
    }
}
