package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.Map;
import java.util.Objects;

/** The values of a layer's options, and its name. Immutable; equal if class, name and all values are. */
public final class Configuration {

    private final OptionSet options;
    private final String name;
    private final boolean trainable;
    private final Regularizer activityRegularizer;
    private final OptionValues values;

    private Configuration(
            OptionSet options, String name, boolean trainable, Regularizer activityRegularizer, OptionValues values) {
        this.options = options;
        this.name = name;
        this.trainable = trainable;
        this.activityRegularizer = activityRegularizer;
        this.values = values;
    }

    /**
     * The defaults.
     *
     * @param options of the class
     * @return without a name; required options are still to be given
     */
    public static Configuration of(OptionSet options) {
        Arguments.required(options, "Configuration.of", "options", "those of a class of layers");
        return new Configuration(options, null, true, Regularizer.NONE, OptionValues.of(options.options()));
    }

    /**
     * The options there are.
     *
     * @return those of the class
     */
    public OptionSet options() {
        return options;
    }

    /**
     * The name the user gave.
     *
     * @return null for the default
     */
    public String name() {
        return name;
    }

    /**
     * Another name.
     *
     * @param newName null for the default
     * @return the same values under it
     */
    public Configuration named(String newName) {
        return new Configuration(options, newName, trainable, activityRegularizer, values);
    }

    /**
     * Whether a training may change the layer's weights.
     *
     * @return true unless it was said otherwise
     */
    public boolean trainable() {
        return trainable;
    }

    /**
     * Says whether a training may change the layer's weights.
     *
     * @param value false to keep them as they are
     * @return the same values with it
     */
    public Configuration trainable(boolean value) {
        return new Configuration(options, name, value, activityRegularizer, values);
    }

    /**
     * The penalty on what the layer returns.
     *
     * @return default none
     */
    public Regularizer activityRegularizer() {
        return activityRegularizer;
    }

    /**
     * The same with another penalty on what the layer returns.
     *
     * @param penalty added to the loss of a batch, divided by its samples
     * @return a copy
     */
    public Configuration activityRegularizer(Regularizer penalty) {
        Arguments.required(penalty, "Configuration.activityRegularizer", "penalty", "Regularizer.NONE for none");
        return new Configuration(options, name, trainable, penalty, values);
    }

    /**
     * A value.
     *
     * @param <V>    its type
     * @param option of the class
     * @return what was given, or the default
     */
    public <V> V get(Option<V> option) {
        Arguments.required(option, "Configuration.get", "option", "an option of the class");
        return values.get(option);
    }

    /**
     * Another value.
     *
     * @param <V>    its type
     * @param option of the class
     * @param value  not null
     * @return a configuration that has it
     * @throws IllegalArgumentException naming layer, expected, got and the fix
     */
    public <V> Configuration with(Option<V> option, V value) {
        Arguments.required(option, "Configuration.with", "option", "an option of the class");
        return new Configuration(options, name, trainable, activityRegularizer, values.with(option, value, owner()));
    }

    private String owner() {
        return options.kind() + (name == null ? "" : " '" + name + "'");
    }

    /**
     * Everything but the name, under Keras's argument names.
     *
     * @return numbers, text, booleans, lists and maps only, in the order of the options
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = values.toMap();
        if (!trainable) {
            map.put(OptionSet.TRAINABLE, false);
        }
        if (!activityRegularizer.isNone()) {
            map.put(OptionSet.ACTIVITY_REGULARIZER, RegularizerConfig.toMap(activityRegularizer));
        }
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration that && options == that.options && Objects.equals(name, that.name)
                && trainable == that.trainable && activityRegularizer.equals(that.activityRegularizer)
                && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(name) + values.hashCode();
    }

    @Override
    public String toString() {
        return owner() + " " + toMap();
    }
}
