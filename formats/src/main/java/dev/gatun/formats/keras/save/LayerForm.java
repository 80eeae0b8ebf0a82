package dev.gatun.formats.keras.save;

import dev.gatun.layers.ActivityRegularization;
import dev.gatun.layers.Configuration;
import dev.gatun.layers.Input;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.SpatialDropout1D;
import dev.gatun.layers.StackedRnnCells;
import dev.gatun.layers.nested.Nested;
import dev.gatun.layers.type.BuiltInTypes;
import dev.gatun.layers.value.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Layers as Keras writes them. What Keras does not have is refused by the layer's name: classes, options, values.
 *
 * @param models gives a model that is a layer as Keras writes it
 * @param cells  names of the cells of the stack that is written; null outside of one
 */
record LayerForm(Function<Nested, SavedModel> models, CellNames cells) {

    private static final String GATUN = "; save the model as .gatun";

    /** Of layers in a model, which are no cells. */
    LayerForm(Function<Nested, SavedModel> models) {
        this(models, null);
    }

    /**
     * A layer as an object.
     *
     * @param name of the layer in its model
     * @throws IllegalArgumentException if Keras does not have it
     */
    Map<String, Object> of(Layer layer, String name) {
        if (layer instanceof Nested nested) {
            return models.apply(nested).object(name, layer.isTrainable());
        }
        String owner = "Layer '" + name + "' (" + layer.kind() + ")";
        if (!BuiltInTypes.ALL.isGiven(layer.kind())) {
            throw new IllegalArgumentException(
                    owner + " is of a class that Keras does not have, and its code is no part of a model" + GATUN);
        }
        return SavedObject.of(SavedObject.LAYERS, layer.kind(),
                layer instanceof Input input ? input(input, name, owner) : config(layer, name, owner));
    }

    private Map<String, Object> config(Layer layer, String name, String owner) {
        Configuration configuration = layer.configuration();
        OptionForm form = new OptionForm(owner);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("name", name);
        if (!(layer instanceof SpatialDropout1D)) {
            config.put("trainable", layer.isTrainable()); // The one class of Keras's that does not take it.
        }
        config.put("dtype", SavedObject.policy());
        List<String> ofCalls = BuiltInTypes.ALL.of(layer).kerasCall().options();
        for (Option<?> option : configuration.options().options()) {
            if (option.isKerass()) {
                put(config, configuration, option, form, owner);
            } else if (!ofCalls.contains(option.name())) {
                requireStandard(configuration, option, owner);
            }
        }
        if (!layer.activityRegularizer().isNone() && !(layer instanceof ActivityRegularization)) {
            config.put("activity_regularizer", form.regularizer(layer.config().get("activity_regularizer")));
        }
        if (isMoreThanOne(config.get("strides")) && isMoreThanOne(config.get("dilation_rate"))) {
            throw new IllegalArgumentException(owner + " has strides=" + config.get("strides") + " and dilation_rate="
                    + config.get("dilation_rate") + ", of which Keras takes one above 1 only" + GATUN);
        }
        return layer.kind().equals("Bidirectional") ? halves(config, owner) : config;
    }

    private static boolean isMoreThanOne(Object steps) {
        return steps instanceof List<?> list && list.stream().anyMatch(step -> ((Number) step).longValue() > 1);
    }

    private <V> void put(
            Map<String, Object> config, Configuration configuration, Option<V> option, OptionForm form, String owner) {
        V value = configuration.get(option);
        if (option.kind() == OptionKind.LAYER) {
            config.put(option.name(), within((Layer) value, LayersWithin.name((Layer) value), owner));
        } else if (option.kind() == OptionKind.OPTIONAL_LAYER) {
            ((Optional<?>) value).ifPresent(layer -> config.put(option.name(),
                    within((Layer) layer, LayersWithin.name((Layer) layer), owner)));
        } else if (option.kind() == OptionKind.LAYERS) {
            config.put(option.name(), ((List<?>) value).stream()
                    .map(layer -> within((Layer) layer, cells.of((Layer) layer), owner)).toList());
        } else {
            config.put(option.name(), form.plain(configuration, option));
        }
    }

    private Map<String, Object> within(Layer layer, String name, String owner) {
        try {
            return layer instanceof StackedRnnCells stack && cells == null
                    ? new LayerForm(models, CellNames.of(stack)).of(layer, name)
                    : of(layer, name);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(owner + ": " + refused.getMessage(), refused);
        }
    }

    private static <V> void requireStandard(Configuration configuration, Option<V> option, String owner) {
        if (!configuration.get(option).equals(option.standard())) {
            throw new IllegalArgumentException(owner + " has " + option.name() + "="
                    + OptionReader.shown(option.kind().write(configuration.get(option)))
                    + ", which Keras does not have" + GATUN);
        }
    }

    /** Keras decides about zeros by itself, and turns round no layer that goes backwards already. */
    private static Map<String, Object> halves(Map<String, Object> config, String owner) {
        Map<String, Object> forward = OptionReader.asMap(config.get("layer"), owner);
        Map<String, Object> own = OptionReader.asMap(forward.get("config"), owner);
        if (Boolean.FALSE.equals(config.remove("zero_output_for_mask"))
                && Boolean.TRUE.equals(own.get("return_sequences"))) {
            throw new IllegalArgumentException(
                    owner + " has zero_output_for_mask=false, and Keras's gives zeros" + GATUN);
        }
        if (Boolean.TRUE.equals(own.get("go_backwards"))) {
            Map<String, Object> turned = new LinkedHashMap<>(own);
            turned.put("go_backwards", false);
            config.putIfAbsent("backward_layer", SavedObject.of(String.valueOf(forward.get("module")),
                    String.valueOf(forward.get("class_name")), turned));
        }
        return config;
    }

    private static Map<String, Object> input(Input input, String name, String owner) {
        if (input.isTimeMajor()) {
            throw new IllegalArgumentException(owner + " is given time-major, which Keras does not have" + GATUN);
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("batch_shape", OptionKind.SHAPE.write(input.shape()));
        config.put("dtype", dtype(input));
        config.put("sparse", false);
        config.put("ragged", false);
        config.put("name", name);
        config.put("optional", false);
        return config;
    }

    /** Ids that may be floats are floats in Keras, which cuts them. */
    static String dtype(Input input) {
        return input.takesFloats() ? SavedTensor.FLOAT32 : dtype(input.type());
    }

    static String dtype(ValueType type) {
        return type == ValueType.MASK ? SavedTensor.BOOL : type.keyword();
    }
}
