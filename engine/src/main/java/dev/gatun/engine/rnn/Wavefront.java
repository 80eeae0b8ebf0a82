package dev.gatun.engine.rnn;

import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.util.List;

/**
 * The layers of a stack side by side in time (Appleyard, Kocisky and Blunsom 2016): while one member runs a few steps of the
 * first layers, the next runs the steps before them of the layers above. Members meet once for each stretch of steps,
 * instead of once for each step and layer as they do when they share the units of a layer, and each core keeps the
 * weights of its own layers.
 *
 * <p>For plans that only go forward, and small batches: in a larger one rows never meet, and nobody waits for anybody.
 */
public final class Wavefront implements Team.Job {

    /**
     * Steps of a stretch. The next member begins so much later; and where the products of a step are apart, so many rows share
     * one reading of the input's weights.
     */
    private static final int STRETCH = 8;
    /** Stretches below which the late beginning costs more than the meetings. */
    private static final int LEAST_STRETCHES = 4;

    private final RecurrentForward[] layers;
    private final Team team;
    private int time;

    /** @param layers each reading the sequence of the one before */
    public Wavefront(List<RecurrentForward> layers, Team team) {
        this.layers = layers.toArray(new RecurrentForward[0]);
        this.team = team;
    }

    /**
     * Whether these layers are quicker side by side: a small batch, a long sequence, shares of about the same weight, each small
     * enough for the cache of its core.
     */
    public static boolean pays(List<RecurrentSizes> layers, Team team) {
        RecurrentSizes first = layers.getFirst();
        int size = team.size();
        if (size == 1 || layers.size() < size || first.time() < LEAST_STRETCHES * STRETCH
                || StepPartition.of(first, 0, size).byRows()) {
            return false;
        }
        if (layers.stream()
                .anyMatch(layer -> !RecurrentForward.isChained(layer) && RecurrentMemory.chunk(layer) < STRETCH)) {
            return false;
        }
        return LayerShares.areEven(layers, size);
    }

    private static int firstLayer(int layers, int member, int size) {
        return Partition.first(layers, member, size);
    }

    public void run() {
        time = layers[0].sizes().time();
        for (int i = 0; i < layers.length; i++) {
            layers[i].prepare();
        }
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        int end = firstLayer(layers.length, member + 1, size);
        int stretches = (time + STRETCH - 1) / STRETCH;
        for (int stage = 0; stage < stretches + size - 1; stage++) {
            int from = (stage - member) * STRETCH;
            if (from >= 0 && from < time) {
                for (int layer = firstLayer(layers.length, member, size); layer < end; layer++) {
                    layers[layer].runSteps(from, Math.min(STRETCH, time - from));
                }
            }
            team.barrier();
        }
    }
}
