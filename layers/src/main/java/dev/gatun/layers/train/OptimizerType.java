package dev.gatun.layers.train;

/**
 * A class of optimizers, as saved trainings name it. A type of your own is registered as a service
 * ({@link java.util.ServiceLoader}): in the file {@code META-INF/services/dev.gatun.layers.train.OptimizerType}, or by
 * {@code provides} in a {@code module-info.java}.
 */
public interface OptimizerType {

    /**
     * The name of the class.
     *
     * @return what {@link Optimizer#className} says of its optimizers, different from that of every other type
     */
    String className();

    /**
     * Reads an optimizer.
     *
     * @param config what {@link Optimizer#toConfig} has under {@code config}; what is missing has its default, and what is not
     *               known is to be refused ({@link ConfigReader#refuseBeside})
     * @return the optimizer
     * @throws IllegalArgumentException if a value cannot be
     */
    Optimizer read(ConfigReader config);
}
