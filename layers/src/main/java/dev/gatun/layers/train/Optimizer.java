package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How gradients change weights. A configuration: immutable, with Keras's names, defaults and formulas; what an optimizer
 * remembers between steps lies in an {@link OptimizerState}. A class of your own is an optimizer too; its
 * {@link OptimizerType} is registered as a service, so that a saved training finds it.
 *
 * <pre>{@code
 * Adam.rate(1e-3).globalClipNorm(1)    Sgd.rate(0.01).momentum(0.9).nesterov()    Optimizer.of("rmsprop")
 * }</pre>
 */
public interface Optimizer {

    /**
     * An optimizer with Keras's defaults, by its name.
     *
     * @param keyword {@code sgd}, {@code adam}, {@code adamw}, {@code rmsprop}, {@code adagrad}, or that of a registered
     *                one
     * @return the optimizer
     * @throws IllegalArgumentException naming the optimizers there are
     */
    static Optimizer of(String keyword) {
        Arguments.required(keyword, "Optimizer.of", "keyword", "a name, for example adam");
        return fromConfig(Map.of("class_name", keyword, "config", Map.of()));
    }

    /**
     * The optimizer that {@link #toConfig}, or Keras, describes.
     *
     * @param config {@code class_name}, a text, and {@code config}, a map; what is missing in the latter has Keras's
     *               default
     * @return the optimizer
     * @throws IllegalArgumentException naming the optimizers there are, if it is none of them; or if it asks for what that one does not do
     */
    static Optimizer fromConfig(Map<String, Object> config) {
        Arguments.required(config, "Optimizer.fromConfig", "config", "a map of the configuration");
        ConfigReader named = new ConfigReader("optimizer", config);
        return OptimizerTypes.named(named.text("class_name")).read(named.inner("config"));
    }

    /** {@return Keras's class name, for example {@code RMSprop}} */
    String className();

    /** {@return the factor of every step} */
    double learningRate();

    /**
     * {@return the same optimizer with another learning rate}
     * @param rate positive and finite
     * @throws IllegalArgumentException if the rate is not
     */
    Optimizer learningRate(double rate);

    /** {@return what is done to gradients before a step; nothing unless an optimizer says so} */
    default Clipping clipping() {
        return Clipping.NONE;
    }

    /**
     * {@return names of the values remembered per weight, as Keras names them; each is a twin of the parameter block}
     */
    List<String> slotNames();

    /** {@return the number of {@link #slotNames}} */
    default int slots() {
        return slotNames().size();
    }

    /** {@return what every number of a slot is before the first step} */
    default float slotStart() {
        return 0f;
    }

    /**
     * What a step does to numbers without a gradient. Of a large Embedding a batch reaches a few rows, and steps pass over the
     * others where that changes nothing.
     *
     * @return that it changes them, so that steps go through all numbers, unless an optimizer says otherwise
     */
    default WithoutGradient withoutGradient() {
        return WithoutGradient.CHANGES;
    }

    /** {@return Keras's {@code class_name} and {@code config}, plain values, for a file} */
    default Map<String, Object> toConfig() {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put("learning_rate", learningRate());
        write(inner);
        clipping().write(inner);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("class_name", className());
        config.put("config", inner);
        return config;
    }

    /**
     * Writes the settings that only this optimizer has: plain values, which its {@link OptimizerType} reads again.
     *
     * @param config changed: receives them under Keras's names
     */
    void write(Map<String, Object> config);

    /**
     * One step over a range of the block, clipping done. Every number depends on its own gradient and slots only, so the
     * ranges can be any, and several threads may each have one. Paddings have a gradient of 0 and must stay 0.
     *
     * @param weights   changed
     * @param gradients read
     * @param slots     {@link #slots} twins, changed
     * @param atBytes   where the range begins in each of them
     * @param count     floats in the range, a multiple of 16
     * @param step      1 for the first step
     */
    void update(MemorySegment weights, MemorySegment gradients, ParameterBlock[] slots, long atBytes, int count,
            long step);
}
