package dev.gatun.layers;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A cell with units, a kernel and a recurrent kernel: one step of the recurrent layer of that name, with its options but for
 * those about the sequence. An {@link Rnn} over it gives the bits of that layer.
 *
 * @param <C> the class itself
 */
public abstract class KernelCell<C extends KernelCell<C>> extends KernelLayer<C> implements RecurrentCell {

    /** What says how a sequence goes through a layer, and is the {@link Rnn}'s to say. */
    private static final Set<String> OF_SEQUENCES = Set.of("return_sequences", "return_state", "go_backwards",
            "zero_output_for_mask", "stateful", "time_major");

    /**
     * A cell of these options.
     *
     * @param configuration of the class's option set
     */
    KernelCell(Configuration configuration) {
        super(configuration);
    }

    /** Those of the layer that do not speak of a sequence, so that what the layer learns its cell has. */
    static OptionSet options(String kind, OptionSet layer) {
        List<Option<?>> own = new ArrayList<>();
        for (Option<?> option : layer.options()) {
            if (!OF_SEQUENCES.contains(option.name())) {
                own.add(option);
            }
        }
        return OptionSet.of(kind, own.toArray(Option<?>[]::new))
                .ignoring("implementation", "says how Keras computes, not what")
                .ignoring("seed", "of dropout; the trainer's seed serves");
    }

    /**
     * The options of a layer as those of its cell.
     *
     * @throws IllegalArgumentException if the layer says something of the sequence
     */
    static Configuration of(OptionSet options, RecurrentLayer<?> layer) {
        Arguments.required(layer, options.kind() + ".of", "layer", "a layer whose step it makes");
        Configuration given = layer.configuration();
        Configuration own = Configuration.of(options).named(given.name()).trainable(given.trainable())
                .activityRegularizer(given.activityRegularizer());
        for (Option<?> option : given.options().options()) {
            if (!OF_SEQUENCES.contains(option.name())) {
                own = copied(own, given, option);
            } else if (!option.standard().equals(given.get(option))) {
                throw new IllegalArgumentException(layer.kind() + " has " + option.name() + " " + given.get(option)
                        + ", which is the Rnn's to say and not its cell's; leave it out here");
            }
        }
        return own;
    }

    private static <V> Configuration copied(Configuration to, Configuration from, Option<V> option) {
        return to.with(option, from.get(option));
    }

    @Override
    public List<Integer> stateSizes() {
        return List.of(units());
    }

    /**
     * The activation of a simple cell, and of a gated one's candidate; in an LSTM also of the cell state on its way to h.
     *
     * @param function default tanh
     * @return this cell with it
     * @throws IllegalArgumentException if a cell cannot have it
     */
    public final C activation(ActivationFunction function) {
        return with(RecurrentLayer.ACTIVATION, function);
    }

    /**
     * As {@link #activation(ActivationFunction)}.
     *
     * @param keyword Keras's name: relu, hard_sigmoid, ...
     * @return this cell with it
     * @throws IllegalArgumentException naming the functions there are
     */
    public final C activation(String keyword) {
        return activation(ActivationFunction.of(keyword));
    }

    /**
     * Dropout of the input in training; the numbers that become zero are drawn once per batch and are the same for all steps.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this cell with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public final C dropout(double rate) {
        return with(RecurrentLayer.DROPOUT, rate);
    }

    /**
     * Dropout of h on its way to the next step, as the layer of that name has it.
     *
     * @param rate probability that a number becomes zero, from 0 (default) to below 1
     * @return this cell with it
     * @throws IllegalArgumentException if the rate is not in that range
     */
    public final C recurrentDropout(double rate) {
        return with(RecurrentLayer.RECURRENT_DROPOUT, rate);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @param initializer default orthogonal
     * @return this cell with it
     */
    public final C recurrentInitializer(Initializer initializer) {
        return with(RecurrentLayer.RECURRENT, initializer);
    }

    /**
     * A penalty on the recurrent kernel, added to the loss.
     *
     * @param regularizer default none
     * @return this cell with it
     */
    public final C recurrentRegularizer(Regularizer regularizer) {
        return with(RecurrentLayer.RECURRENT_PENALTY, regularizer);
    }

    /**
     * What every step of a training holds the recurrent kernel to.
     *
     * @param constraint default none
     * @return this cell with it
     */
    public final C recurrentConstraint(Constraint constraint) {
        return with(RecurrentLayer.RECURRENT_BOUND, constraint);
    }

    /**
     * A seed for this cell's first weights, instead of the model's ({@code Model.initialize}).
     *
     * @param value any
     * @return this cell with it
     */
    public final C seed(long value) {
        return kernelInitializer(kernelInitializer().seeded(value))
                .recurrentInitializer(recurrentInitializer().seeded(value))
                .biasInitializer(biasInitializer().seeded(value));
    }

    /**
     * U.
     *
     * @return at least 1
     */
    public final int units() {
        return get(RecurrentLayer.UNITS);
    }

    /**
     * The activation of a simple cell, and of a gated one's candidate; in an LSTM also of the cell state on its way to h.
     *
     * @return default tanh
     */
    public final ActivationFunction activation() {
        return get(RecurrentLayer.ACTIVATION);
    }

    /**
     * Probability that a number of the input becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public final double dropout() {
        return get(RecurrentLayer.DROPOUT);
    }

    /**
     * Probability that a number of h becomes zero in training.
     *
     * @return from 0 to below 1
     */
    public final double recurrentDropout() {
        return get(RecurrentLayer.RECURRENT_DROPOUT);
    }

    /**
     * How the recurrent kernel begins.
     *
     * @return default orthogonal
     */
    public final Initializer recurrentInitializer() {
        return get(RecurrentLayer.RECURRENT);
    }

    /**
     * The penalty on the recurrent kernel.
     *
     * @return default none
     */
    public final Regularizer recurrentRegularizer() {
        return get(RecurrentLayer.RECURRENT_PENALTY);
    }

    /**
     * What every step of a training holds the recurrent kernel to.
     *
     * @return default none
     */
    public final Constraint recurrentConstraint() {
        return get(RecurrentLayer.RECURRENT_BOUND);
    }
}
