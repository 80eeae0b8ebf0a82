package dev.gatun.layers;

import dev.gatun.layers.value.ValueType;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of values of options: how they stand in a configuration's plain map, and what they are called in messages. Classes
 * instead of lambdas: a lambda costs a start of the JVM a tenth of a millisecond.
 *
 * @param <V> type of the values
 */
public abstract class OptionKind<V> {

    /** A whole number that fits an int. */
    public static final OptionKind<Integer> WHOLE = new OptionKind<>("a whole number") {
        @Override
        public Integer read(OptionReader reader, String key) {
            return reader.integer(key);
        }

        @Override
        public Object write(Integer value) {
            return (long) value;
        }
    };

    /** A whole number that may be left out. */
    public static final OptionKind<Optional<Integer>> OPTIONAL_WHOLE = new OptionKind<>("a whole number, or none") {
        @Override
        public Optional<Integer> read(OptionReader reader, String key) {
            return Optional.of(WHOLE.read(reader, key));
        }

        @Override
        public Object write(Optional<Integer> value) {
            return value.map(WHOLE::write).orElse(null);
        }
    };

    /** One whole number, or several: one stands alone. */
    public static final OptionKind<List<Integer>> WHOLE_OR_WHOLES = new OptionKind<>(
            "a whole number, or a list of them") {
        @Override
        public List<Integer> read(OptionReader reader, String key) {
            return reader.isList(key) ? reader.integers(key) : List.of(reader.integer(key));
        }

        @Override
        public Object write(List<Integer> value) {
            return value.size() == 1 ? WHOLE.write(value.getFirst()) : WHOLES.write(value);
        }
    };

    /** A number. */
    public static final OptionKind<Double> NUMBER = new OptionKind<>("a number") {
        @Override
        public Double read(OptionReader reader, String key) {
            return reader.number(key, Double.NaN);
        }

        @Override
        public Object write(Double value) {
            return value;
        }
    };

    /** A number that may be left out. */
    public static final OptionKind<Optional<Double>> OPTIONAL_NUMBER = new OptionKind<>("a number, or none") {
        @Override
        public Optional<Double> read(OptionReader reader, String key) {
            return Optional.of(NUMBER.read(reader, key));
        }

        @Override
        public Object write(Optional<Double> value) {
            return value.orElse(null);
        }
    };

    /** True or false. */
    public static final OptionKind<Boolean> FLAG = new OptionKind<>("true or false") {
        @Override
        public Boolean read(OptionReader reader, String key) {
            return reader.flag(key, false);
        }

        @Override
        public Object write(Boolean value) {
            return value;
        }
    };

    /** An activation function by its keyword, with class name and arguments where it has others than the defaults. */
    public static final OptionKind<ActivationFunction> ACTIVATION = new OptionKind<>("an activation") {
        @Override
        public ActivationFunction read(OptionReader reader, String key) {
            return reader.activation(key);
        }

        @Override
        public Object write(ActivationFunction value) {
            return value.arguments().isEmpty()
                    ? value.keyword()
                    : RegularizerConfig.ofClass(value.keyword(), plain(value.arguments()));
        }

        private static Map<String, Object> plain(Map<String, Float> arguments) {
            Map<String, Object> plain = new LinkedHashMap<>();
            arguments.forEach((name, number) -> plain.put(name, (double) number));
            return plain;
        }
    };

    /** An activation function that may be left out. */
    public static final OptionKind<Optional<ActivationFunction>> OPTIONAL_ACTIVATION = new OptionKind<>(
            "an activation, or none") {
        @Override
        public Optional<ActivationFunction> read(OptionReader reader, String key) {
            return Optional.of(ACTIVATION.read(reader, key));
        }

        @Override
        public Object write(Optional<ActivationFunction> value) {
            return value.map(ACTIVATION::write).orElse(null);
        }
    };

    /** An initializer, as class name and arguments. */
    public static final OptionKind<Initializer> INITIALIZER = new OptionKind<>("an initializer") {
        @Override
        public Initializer read(OptionReader reader, String key) {
            return reader.initializer(key);
        }

        @Override
        public Object write(Initializer value) {
            return InitializerConfig.toMap(value);
        }
    };

    /** A regularizer, as class name and arguments; null is none. */
    public static final OptionKind<Regularizer> REGULARIZER = new OptionKind<>("a regularizer") {
        @Override
        public Regularizer read(OptionReader reader, String key) {
            return reader.made(key, RegularizerConfig::of);
        }

        @Override
        public Object write(Regularizer value) {
            return RegularizerConfig.toMap(value);
        }
    };

    /** A constraint, as class name and arguments; null is none. */
    public static final OptionKind<Constraint> CONSTRAINT = new OptionKind<>("a constraint") {
        @Override
        public Constraint read(OptionReader reader, String key) {
            return reader.made(key, ConstraintConfig::of);
        }

        @Override
        public Object write(Constraint value) {
            return ConstraintConfig.toMap(value);
        }
    };

    /** A shape; an unknown size is null. */
    public static final OptionKind<Shape> SHAPE = new OptionKind<>("a list of sizes") {
        @Override
        public Shape read(OptionReader reader, String key) {
            return reader.shape(key);
        }

        @Override
        public Object write(Shape value) {
            List<Object> sizes = new ArrayList<>();
            for (long size : value.toArray()) {
                sizes.add(size == Shape.UNKNOWN ? null : (Object) size);
            }
            return sizes;
        }
    };

    /** Whole numbers. */
    public static final OptionKind<List<Integer>> WHOLES = new OptionKind<>("a list of whole numbers") {
        @Override
        public List<Integer> read(OptionReader reader, String key) {
            return reader.integers(key);
        }

        @Override
        public Object write(List<Integer> value) {
            return value.stream().map(Integer::longValue).toList();
        }
    };

    /** An axis, or a list of axes; one of them is written as a number. */
    public static final OptionKind<List<Integer>> AXES = new OptionKind<>("an axis, or a list of axes") {
        @Override
        public List<Integer> read(OptionReader reader, String key) {
            return reader.axes(key);
        }

        @Override
        public Object write(List<Integer> value) {
            return AxisNorms.plain(value);
        }
    };

    /** Numbers: one, or a list, in which lists of numbers may stand, row by row; none where there are none. */
    public static final OptionKind<List<Double>> NUMBERS = new OptionKind<>("a number or a list of numbers") {
        @Override
        public List<Double> read(OptionReader reader, String key) {
            return reader.numbers(key);
        }

        @Override
        public Object write(List<Double> value) {
            return value.isEmpty() ? null : value.size() == 1 ? value.getFirst() : value;
        }
    };

    /** What numbers are, by Keras's name. */
    public static final OptionKind<ValueType> VALUE_TYPE = new OptionKind<>("a type of numbers") {
        @Override
        public ValueType read(OptionReader reader, String key) {
            return reader.valueType(key);
        }

        @Override
        public Object write(ValueType value) {
            return value.keyword();
        }
    };

    /** A layer within a layer. */
    public static final OptionKind<Layer> LAYER = new OptionKind<>("a layer") {
        @Override
        public Layer read(OptionReader reader, String key) {
            return reader.layer(key);
        }

        @Override
        public Object write(Layer value) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class_name", value.kind());
            if (value.name() != null) {
                map.put("name", value.name());
            }
            map.put("config", value.config());
            return map;
        }
    };

    /** A layer within a layer that may be left out. */
    public static final OptionKind<Optional<Layer>> OPTIONAL_LAYER = new OptionKind<>("a layer, or none") {
        @Override
        public Optional<Layer> read(OptionReader reader, String key) {
            return Optional.of(LAYER.read(reader, key));
        }

        @Override
        public Object write(Optional<Layer> value) {
            return value.map(LAYER::write).orElse(null);
        }
    };

    /** Layers within a layer. */
    public static final OptionKind<List<Layer>> LAYERS = new OptionKind<>("a list of layers") {
        @Override
        public List<Layer> read(OptionReader reader, String key) {
            return reader.layers(key);
        }

        @Override
        public Object write(List<Layer> value) {
            return value.stream().map(LAYER::write).toList();
        }
    };

    private final String words;

    /**
     * A kind.
     *
     * @param words what a value is, for messages: {@code a whole number}
     */
    protected OptionKind(String words) {
        this.words = words;
    }

    /**
     * What a value is.
     *
     * @return for messages and docs
     */
    public final String words() {
        return words;
    }

    /**
     * Reads a value that is there.
     *
     * @param reader the configuration
     * @param key    under which it stands
     * @return the value
     * @throws IllegalArgumentException if it is of another kind
     */
    public abstract V read(OptionReader reader, String key);

    /**
     * The plain form of a value.
     *
     * @param value never null
     * @return a number, text, boolean, list or map of such; null if the value stands for none
     */
    public abstract Object write(V value);

    /**
     * What Keras's {@code None} means where an option has it as a value.
     *
     * @return a plain form that {@link #read} knows; null if {@code None} is the same as leaving the option out
     */
    public Object ofNull() {
        return null;
    }
}
