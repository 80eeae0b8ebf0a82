package dev.gatun.engine.rnn;

import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.util.List;

/**
 * Recurrent layers that know nothing of each other, as the two directions over one sequence: each member of a team runs its
 * own from the first step to the last, and nobody waits for anybody.
 *
 * <p>For plans that only go forward, and small batches: in a larger one rows never meet either.
 */
public final class SideBySide implements Team.Job {

    private final RecurrentForward[] layers;
    private final Team team;

    /** @param layers of which none reads what another one writes */
    public SideBySide(List<RecurrentForward> layers, Team team) {
        this.layers = layers.toArray(new RecurrentForward[0]);
        this.team = team;
    }

    /** Whether these layers are quicker side by side than one after the other by all members: as for a {@link Wavefront}. */
    public static boolean pays(List<RecurrentSizes> layers, Team team) {
        return team.size() > 1 && layers.size() >= team.size()
                && !StepPartition.of(layers.getFirst(), 0, team.size()).byRows()
                && LayerShares.areEven(layers, team.size());
    }

    public void run() {
        for (int i = 0; i < layers.length; i++) {
            layers[i].prepare();
        }
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        int end = Partition.first(layers.length, member + 1, size);
        for (int layer = Partition.first(layers.length, member, size); layer < end; layer++) {
            layers[layer].runAlone();
        }
    }
}
