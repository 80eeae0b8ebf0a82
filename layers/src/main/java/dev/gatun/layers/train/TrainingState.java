package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.util.List;
import java.util.Map;

/**
 * What a training needs to go on as if it had never stopped. Kept with the model, saved and loaded with it;
 * {@link Trainer#resume} reads it.
 *
 * @param optimizer configuration of the optimizer under Keras's names: plain values only
 * @param progress  counters and settings of the training, plain values only: {@link #STEPS}, {@link #EPOCHS}, {@link #SEED},
 *                  {@link #OPTIMIZER_NUMBERS}
 * @param slots     the optimizer's moments, twins of the parameters, in the order the optimizer defines; owned by the
 *                  model's arena
 */
public record TrainingState(Map<String, Object> optimizer, Map<String, Object> progress, List<ParameterBlock> slots) {
    /** @throws NullPointerException naming what is missing */
    public TrainingState {
        Arguments.required(optimizer, "TrainingState", "optimizer", "its configuration");
        Arguments.required(progress, "TrainingState", "progress", "counters and settings");
        Arguments.all(slots, "TrainingState", "slots", "the moments, none is fine");
    }

    /** Optimizer steps done. */
    public static final String STEPS = "steps";
    /** Epochs done. */
    public static final String EPOCHS = "epochs";
    /** Seed of shuffling and dropout. */
    public static final String SEED = "seed";
    /** What {@link #summaryCount} says. */
    public static final String OPTIMIZER_NUMBERS = "optimizer_numbers";

    /** Optimizer steps done. */
    public long steps() {
        return number(STEPS);
    }

    /** Epochs done. */
    public long epochs() {
        return number(EPOCHS);
    }

    /** Seed of shuffling and dropout. */
    public long seed() {
        return number(SEED);
    }

    /** Numbers the optimizer keeps, as Keras counts them for a summary: moments without paddings, step and rate. */
    public long summaryCount() {
        return number(OPTIMIZER_NUMBERS);
    }

    private long number(String key) {
        return progress.get(key) instanceof Number number ? number.longValue() : 0;
    }
}
