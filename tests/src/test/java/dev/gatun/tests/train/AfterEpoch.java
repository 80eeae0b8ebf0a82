package dev.gatun.tests.train;

import dev.gatun.layers.train.Callback;
import dev.gatun.layers.train.Training;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A callback at the end of each epoch, and at no other moment.
 *
 * @param then what it does, given the training and what the epoch reports
 */
public record AfterEpoch(BiConsumer<Training, Map<String, Double>> then) implements Callback {

    public AfterEpoch(Consumer<Training> then) {
        this((training, report) -> then.accept(training));
    }

    @Override
    public void onEpochEnd(Training training, Map<String, Double> report) {
        then.accept(training, report);
    }
}
