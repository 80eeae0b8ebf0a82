package dev.gatun.layers.train;

import dev.gatun.layers.Option;
import dev.gatun.memory.check.Arguments;
import java.util.Map;

/**
 * An optimizer that is its options, declared once, and its {@link #update}: configurations in files, refusals, equality and
 * clipping come from them, and a wither is one line.
 *
 * @param <O> the class itself
 */
public abstract class ConfiguredOptimizer<O extends ConfiguredOptimizer<O>> implements Optimizer, ClipsGradients<O> {

    private final ConfiguredOptimizerType<O> type;
    private final OptimizerConfiguration configuration;

    /**
     * An optimizer of these options.
     *
     * @param type          of the class
     * @param configuration what the options are set to
     */
    protected ConfiguredOptimizer(ConfiguredOptimizerType<O> type, OptimizerConfiguration configuration) {
        this.type = Arguments.required(type, "ConfiguredOptimizer", "type", "the type of the class");
        this.configuration = Arguments.required(configuration, "ConfiguredOptimizer", "configuration",
                "what the type gives");
    }

    /**
     * The value of an option.
     *
     * @param <V>    its type
     * @param option of this class
     * @return what was given, or the default
     */
    protected final <V> V get(Option<V> option) {
        return configuration.values().get(option);
    }

    /**
     * This optimizer with another value of an option.
     *
     * @param <V>    type of the value
     * @param option of this class
     * @param value  not null
     * @return an optimizer that has it
     * @throws IllegalArgumentException naming expected and got
     */
    protected final <V> O with(Option<V> option, V value) {
        return type.make(configuration.values().with(option, value, ""), configuration.clipping());
    }

    @Override
    public final String className() {
        return type.className();
    }

    @Override
    public final double learningRate() {
        return get(type.learningRate());
    }

    @Override
    public final O learningRate(double rate) {
        return with(type.learningRate(), rate);
    }

    @Override
    public final Clipping clipping() {
        return configuration.clipping();
    }

    @Override
    public final O clipping(Clipping other) {
        Arguments.required(other, className() + ".clipping", "other", "Clipping.NONE for none");
        return type.make(configuration.values(), other);
    }

    @Override
    public final void write(Map<String, Object> config) {
        Arguments.required(config, className() + ".write", "config", "a map of the configuration");
        type.write(configuration.values(), config);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof ConfiguredOptimizer<?> that && type == that.type
                && configuration.equals(that.configuration);
    }

    @Override
    public final int hashCode() {
        return configuration.hashCode();
    }

    @Override
    public final String toString() {
        return toConfig().toString();
    }
}
