package dev.gatun.formats.gatun;

import dev.gatun.layers.OptionReader;
import dev.gatun.layers.train.Optimizer;
import dev.gatun.layers.train.TrainingState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training as the header has it; its moments are not read yet.
 *
 * @param optimizer its configuration
 * @param progress  counters and settings
 * @param moments   what stands before a weight's name in the names of its moments, in the optimizer's order
 */
record TrainingHeader(Map<String, Object> optimizer, Map<String, Object> progress, List<String> moments) {

    /** How many moments there are, in files of version 1. */
    private static final String COUNT = "slots";

    /** What the moments are called. */
    private static final String NAMES = "moments";

    /** What {@link #read} makes of a training in a file of the latest version. */
    static TrainingHeader of(TrainingState state) {
        List<String> slots = Optimizer.fromConfig(state.optimizer()).slotNames();
        return new TrainingHeader(state.optimizer(), state.progress(), FormatVersion.LATEST.moments(slots));
    }

    /** As the latest version writes it. */
    Map<String, Object> plain() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("optimizer", optimizer);
        map.put("progress", progress);
        map.put(NAMES, Optimizer.fromConfig(optimizer).slotNames());
        return map;
    }

    /** @throws IllegalArgumentException if a training could not go on from it: says what is missing or cannot be */
    static TrainingHeader read(FormatVersion version, Map<String, Object> map) {
        OptionReader options = new OptionReader("Training state", map);
        Map<String, Object> optimizer = options.map("optimizer");
        Map<String, Object> progress = options.map("progress");
        boolean isNamed = version != FormatVersion.POSITIONS;
        List<?> names = isNamed ? options.list(NAMES) : List.of();
        int count = isNamed ? names.size() : options.integer(COUNT);
        options.requireNothingLeft();
        TrainingState.requireSound(optimizer, progress, count);
        List<String> slots = Optimizer.fromConfig(optimizer).slotNames();
        if (isNamed && !new HashSet<>(slots).equals(new HashSet<>(names))) {
            throw new IllegalArgumentException("The training state holds the moments " + OptionReader.shown(names)
                    + ", but its optimizer needs " + slots);
        }
        return new TrainingHeader(optimizer, progress, version.moments(slots));
    }
}
