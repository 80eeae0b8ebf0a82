package dev.gatun.layers.train;

import java.util.Map;

/** A loss that takes probabilities, or logits. */
interface LogitsLoss extends Loss {

    boolean logits();

    LogitsLoss fromLogits();

    @Override
    default Answers answers(int columns) {
        return Answers.LARGEST_COLUMN;
    }

    @Override
    default Map<String, Object> toConfig() {
        Map<String, Object> config = Loss.super.toConfig();
        config.put("from_logits", logits());
        return config;
    }
}
