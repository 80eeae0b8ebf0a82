package dev.gatun.layers.train;

import dev.gatun.layers.Option;
import dev.gatun.layers.OptionKind;
import dev.gatun.layers.OptionValues;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A class of {@link ConfiguredOptimizer}s: its name, its options (the learning rate, then those it declares) and its
 * constructor. What a file says is read and written by them.
 *
 * @param <O> the optimizers
 */
public final class ConfiguredOptimizerType<O extends ConfiguredOptimizer<O>> implements OptimizerType {

    private final String className;
    private final Function<OptimizerConfiguration, O> making;
    private final Option<Double> learningRate;
    private final List<Option<?>> options;
    private final List<Option<?>> beyondKeras;

    private ConfiguredOptimizerType(
            String className, Function<OptimizerConfiguration, O> making, Option<Double> learningRate,
            List<Option<?>> options, List<Option<?>> beyondKeras) {
        this.className = className;
        this.making = making;
        this.learningRate = learningRate;
        this.options = options;
        this.beyondKeras = beyondKeras;
    }

    /**
     * A class.
     *
     * @param <O>          the optimizers
     * @param className    as files name it, for example {@code RMSprop}
     * @param making       the constructor
     * @param learningRate the default
     * @param options      the others, in the order of files
     * @return the type
     */
    public static <O extends ConfiguredOptimizer<O>> ConfiguredOptimizerType<O> of(
            String className, Function<OptimizerConfiguration, O> making, double learningRate, Option<?>... options) {
        Arguments.required(className, "ConfiguredOptimizerType.of", "className", "as files name it");
        Arguments.required(making, "ConfiguredOptimizerType.of", "making", "the constructor");
        List<Option<?>> all = new ArrayList<>();
        Option<Double> rate = Option.of("learning_rate", OptionKind.NUMBER, learningRate).check(NumberRange.POSITIVE);
        all.add(rate);
        all.addAll(Arguments.all(options, "ConfiguredOptimizerType.of", "options", "the options"));
        return new ConfiguredOptimizerType<>(className, making, rate, Collections.unmodifiableList(all), List.of());
    }

    /**
     * Says which of the options Keras does not have: files are silent about them unless they are set.
     *
     * @param some of the options given
     * @return the same class
     */
    public ConfiguredOptimizerType<O> beyondKeras(Option<?>... some) {
        return new ConfiguredOptimizerType<>(className, making, learningRate, options,
                Arguments.all(some, "ConfiguredOptimizerType.beyondKeras", "some", "options of the class"));
    }

    @Override
    public String className() {
        return className;
    }

    /**
     * An optimizer with the other defaults.
     *
     * @param rate factor of every step, positive and finite
     * @return the optimizer
     * @throws IllegalArgumentException if the rate is not positive and finite
     */
    public O rate(double rate) {
        return make(OptionValues.of(options).with(learningRate, rate, ""), Clipping.NONE);
    }

    O make(OptionValues values, Clipping clipping) {
        return making.apply(new OptimizerConfiguration(values, clipping));
    }

    Option<Double> learningRate() {
        return learningRate;
    }

    @Override
    public O read(ConfigReader config) {
        Arguments.required(config, "ConfiguredOptimizerType.read", "config", "an optimizer's configuration");
        config.refuseBeside(options.stream().map(Option::name).toArray(String[]::new));
        OptionValues values = OptionValues.of(options);
        for (Option<?> option : options) {
            values = read(values, option, config);
        }
        return make(values, Clipping.read(config));
    }

    private static <V> OptionValues read(OptionValues values, Option<V> option, ConfigReader config) {
        return values.with(option, config.value(option), "");
    }

    /** Everything but the learning rate and the clipping, which every optimizer has. */
    void write(OptionValues values, Map<String, Object> config) {
        Map<String, Object> plain = values.toMap();
        for (Option<?> option : options) {
            boolean silent = beyondKeras.contains(option) && values.get(option).equals(option.standard());
            if (option != learningRate && !silent) {
                config.put(option.name(), plain.get(option.name()));
            }
        }
    }

    @Override
    public String toString() {
        return className + " " + options;
    }
}
