package dev.gatun.formats.keras.save;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Elu;
import dev.gatun.layers.LeakyRelu;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.OptionSet;
import dev.gatun.layers.Relu;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values of options as Keras writes them. */
final class OptionForm {

    /** Initializers that draw, which have a seed. */
    private static final Set<String> DRAWN = Set.of("RandomUniform", "RandomNormal", "TruncatedNormal", "GlorotUniform",
            "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal", "VarianceScaling", "Orthogonal");
    /** Functions whose arguments Keras has in layers. */
    private static final Map<String, OptionSet> LAYERS = Map.of("relu", Relu.OPTIONS, "leaky_relu", LeakyRelu.OPTIONS,
            "elu", Elu.OPTIONS);

    private final String owner;

    /** @param owner the layer, for messages */
    OptionForm(String owner) {
        this.owner = owner;
    }

    /** @throws IllegalArgumentException if Keras has no such value: says which */
    <V> Object plain(Configuration configuration, Option<V> option) {
        V value = configuration.get(option);
        Object plain = option.kind().write(value);
        OptionKind<V> kind = option.kind();
        if (kind == OptionKind.ACTIVATION) {
            return activation(option.name(), (ActivationFunction) value);
        }
        if (kind == OptionKind.OPTIONAL_ACTIVATION) {
            return ((Optional<?>) value).map(given -> activation(option.name(), (ActivationFunction) given))
                    .orElse(null);
        }
        if (kind == OptionKind.INITIALIZER) {
            return initializer(option.name(), plain);
        }
        if (kind == OptionKind.REGULARIZER) {
            return object("keras.regularizers", plain);
        }
        if (kind == OptionKind.CONSTRAINT) {
            return object("keras.constraints", plain);
        }
        return plain != null && plain.equals(kind.ofNull()) ? null : plain;
    }

    /** A penalty, or null for none. */
    Object regularizer(Object plain) {
        return object("keras.regularizers", plain);
    }

    private Map<String, Object> object(String module, Object plain) {
        if (plain == null) {
            return null;
        }
        Map<String, Object> map = OptionReader.asMap(plain, owner);
        return SavedObject.of(module, String.valueOf(map.get("class_name")),
                OptionReader.asMap(map.get("config"), owner));
    }

    private Object initializer(String option, Object plain) {
        Map<String, Object> map = OptionReader.asMap(plain, owner);
        String kind = String.valueOf(map.get("class_name"));
        if (kind.equals("ForgetBias")) {
            throw new IllegalArgumentException(owner + " has " + option + "=" + kind
                    + ", which Keras does not have; it has unit_forget_bias");
        }
        Map<String, Object> config = new LinkedHashMap<>(OptionReader.asMap(map.get("config"), owner));
        if (DRAWN.contains(kind)) {
            config.putIfAbsent("seed", null);
        }
        return SavedObject.of("keras.initializers", kind, config);
    }

    /** A name, or a layer where the function has arguments. */
    private Object activation(String option, ActivationFunction function) {
        Map<String, Float> arguments = function.arguments();
        if (function.equals(ActivationFunction.HARD_SIGMOID_KERAS2)) {
            throw refused(option, function, "Keras 3 has clip(x/6 + 0.5, 0, 1) under this name");
        }
        if (arguments.isEmpty()) {
            return function.keyword();
        }
        OptionSet layer = LAYERS.get(function.keyword());
        if (layer == null) {
            throw refused(option, function, "Keras has this function without arguments only");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", layer.defaultName());
        config.put("trainable", true);
        config.put("dtype", SavedObject.policy());
        arguments.forEach((name, number) -> config.put(name, (double) number));
        return SavedObject.of(SavedObject.LAYERS, layer.kind(), config);
    }

    private IllegalArgumentException refused(String option, ActivationFunction function, String why) {
        return new IllegalArgumentException(owner + " has " + option + "=" + function + ", and " + why
                + "; save the model as .gatun");
    }
}
