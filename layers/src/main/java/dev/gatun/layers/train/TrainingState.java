package dev.gatun.layers.train;

import dev.gatun.memory.ParameterBlock;
import java.util.List;
import java.util.Map;

/**
 * What a training needs to go on as if it had never stopped. Kept with the model, saved and loaded with it.
 *
 * @param optimizer configuration of the optimizer under Keras's names: plain values only
 * @param progress  counters and settings of the training, plain values only: steps done, epochs done, seed, ...
 * @param slots     the optimizer's moments, twins of the parameters, in the order the optimizer defines; owned by the
 *                  model's arena
 */
public record TrainingState(Map<String, Object> optimizer, Map<String, Object> progress, List<ParameterBlock> slots) {

    /** Numbers the optimizer keeps, as Keras counts them for a summary: moments without paddings, step and rate. */
    public long summaryCount() {
        Object count = progress.get("optimizer_numbers");
        return count instanceof Number number ? number.longValue() : 0;
    }
}
