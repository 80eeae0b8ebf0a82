package dev.gatun.layers.train;

import dev.gatun.memory.check.Arguments;
import dev.gatun.layers.OptionReader;
import dev.gatun.layers.Weight;
import dev.gatun.layers.WeightRole;
import dev.gatun.layers.runtime.Network;
import dev.gatun.layers.runtime.Networked;
import dev.gatun.layers.runtime.Progress;
import dev.gatun.memory.ParameterBlock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training needs to go on as if it had never stopped. Kept with the model, saved and loaded with it;
 * {@link Trainer#resume} reads it.
 *
 * @param optimizer configuration of the optimizer under Keras's names: plain values only
 * @param progress  counters and settings of the training, plain values only: {@link #STEPS}, {@link #EPOCHS}, {@link #SEED},
 *                  {@link #OPTIMIZER_NUMBERS}, {@link #OBJECTIVE}
 * @param slots     the optimizer's moments, twins of the parameters, in the order the optimizer defines; owned by the
 *                  model ({@link dev.gatun.layers.runtime.Network#moments}), and changed by its next training
 */
@SuppressWarnings("exports") // the network is for Gatun's own modules
public record TrainingState(Map<String, Object> optimizer, Map<String, Object> progress, List<ParameterBlock> slots)
        implements
            Progress {
    /** Optimizer steps done. */
    public static final String STEPS = "steps";
    /** Epochs done. */
    public static final String EPOCHS = "epochs";
    /** Seed of shuffling and dropout. */
    public static final String SEED = "seed";
    /** What {@link #objective} says; may be missing. */
    public static final String OBJECTIVE = "objective";
    /** What {@link #summaryCount} says. */
    public static final String OPTIMIZER_NUMBERS = "optimizer_numbers";

    /**
     * Takes what a training left, or a file holds.
     *
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if a training could not go on from it: says what is missing or cannot be
     */
    public TrainingState {
        Arguments.required(optimizer, "TrainingState", "optimizer", "its configuration");
        Arguments.required(progress, "TrainingState", "progress", "counters and settings");
        slots = Arguments.copy(slots, "TrainingState", "slots", "the moments, none is fine");
        optimizer = Collections.unmodifiableMap(new LinkedHashMap<>(optimizer));
        progress = Collections.unmodifiableMap(new LinkedHashMap<>(progress));
        requireSound(optimizer, progress, slots.size());
    }

    /**
     * What the constructor asks for, before memory is taken for the moments. Nothing is put in the place of what is missing.
     *
     * @param optimizer as {@link Optimizer#toConfig} gives it
     * @param progress  as in the constructor
     * @param slots     how many moments there are
     * @throws IllegalArgumentException if a training could not go on from it: says what is missing or cannot be
     */
    public static void requireSound(Map<String, Object> optimizer, Map<String, Object> progress, int slots) {
        Arguments.required(optimizer, "TrainingState.requireSound", "optimizer", "its configuration");
        Arguments.required(progress, "TrainingState.requireSound", "progress", "counters and settings");
        ConfigReader.requireComplete(optimizer);
        Optimizer known = Optimizer.fromConfig(optimizer);
        if (slots != known.slots()) {
            throw new IllegalArgumentException("The training state holds " + slots + " moments, but "
                    + known.className() + " needs " + known.slotNames());
        }
        requireCount(progress, STEPS, 0);
        requireCount(progress, EPOCHS, 0);
        requireCount(progress, SEED, Long.MIN_VALUE);
        requireCount(progress, OPTIMIZER_NUMBERS, 0);
    }

    private static void requireCount(Map<String, Object> progress, String key, long least) {
        Object value = progress.get(key);
        boolean isWhole = value instanceof Long || value instanceof Integer;
        if (!isWhole || ((Number) value).longValue() < least) {
            throw new IllegalArgumentException("The progress of a training needs '" + key + "' as a whole number"
                    + (least == 0 ? " of at least 0" : "") + ", got "
                    + (value == null ? "nothing" : OptionReader.shown(value)));
        }
    }

    /**
     * What a training elsewhere comes to here: so many steps are done, and no epoch. The moments are as before the first step, for
     * the caller to put others there ({@link dev.gatun.layers.Weight#set(ParameterBlock, dev.gatun.memory.Tensor)}) before the
     * model is given the state ({@link Network#progress(Progress)}).
     *
     * @param model     open; what an earlier training of it left in its moments is lost
     * @param optimizer with the present learning rate
     * @param steps     not negative
     * @param objective losses and metrics, if they are known
     * @return the state, whose moments are the model's
     * @throws IllegalArgumentException if the steps are negative
     * @throws IllegalStateException    if another thread uses the model, or it is closed
     */
    public static TrainingState after(
            Networked model, Optimizer optimizer, long steps, Optional<ObjectiveConfig> objective) {
        Arguments.required(model, "TrainingState.after", "model", "an open model");
        Arguments.required(optimizer, "TrainingState.after", "optimizer", "for example Adam.rate(0.001)");
        Arguments.required(objective, "TrainingState.after", "objective", "Optional.empty() if it is not known");
        Network network = model.network();
        List<ParameterBlock> slots = network.moments(optimizer.slots());
        for (ParameterBlock slot : slots) {
            OptimizerState.fill(slot, optimizer.slotStart());
        }
        Map<String, Object> progress = progress(network, slots.size(), steps, 0, 0);
        objective.ifPresent(known -> progress.put(OBJECTIVE, known.toConfig()));
        return new TrainingState(optimizer.toConfig(), progress, slots);
    }

    static Map<String, Object> progress(Network network, int slots, long steps, long epochs, long seed) {
        long learnt = 0;
        for (Weight weight : network.weights().list()) {
            learnt += weight.role() == WeightRole.TRAINED ? weight.shape().elements() : 0;
        }
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put(STEPS, steps);
        progress.put(EPOCHS, epochs);
        progress.put(SEED, seed);
        progress.put(OPTIMIZER_NUMBERS, slots * learnt + 2);
        return progress;
    }

    /**
     * What the last training of a model left.
     *
     * @param model open or not
     * @return empty if it was never trained
     */
    public static Optional<TrainingState> of(Networked model) {
        Arguments.required(model, "TrainingState.of", "model", "a model");
        return model.network().progress().map(TrainingState.class::cast);
    }

    @Override
    public long steps() {
        return number(STEPS);
    }

    @Override
    public long epochs() {
        return number(EPOCHS);
    }

    /** {@return the seed of shuffling and dropout} */
    public long seed() {
        return number(SEED);
    }

    /** {@return losses and metrics of the training; empty if they are not kept, or are not all Gatun's own} */
    public Optional<ObjectiveConfig> objective() {
        return ObjectiveConfig.read(progress.get(OBJECTIVE));
    }

    /**
     * {@return how many numbers the optimizer keeps, as Keras counts them for a summary: moments without paddings, step
     * and rate}
     */
    public long summaryCount() {
        return number(OPTIMIZER_NUMBERS);
    }

    private long number(String key) {
        return ((Number) progress.get(key)).longValue();
    }
}
