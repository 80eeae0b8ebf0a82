package dev.gatun.engine.rnn;

import dev.gatun.engine.cpu.Caches;
import dev.gatun.engine.team.Partition;
import java.util.List;

/** Whether whole layers are shares of about the same weight for the members of a team, each small enough for its core's cache. */
final class LayerShares {

    /** How much longer than an even share the longest share may be. */
    private static final double UNEVEN = 1.2;
    /** What a weight of the input costs, one of the recurrent kernel being 1. */
    private static final double INPUT_SHARE = 0.4;

    private LayerShares() {}

    static boolean areEven(List<RecurrentSizes> layers, int size) {
        double all = 0;
        double largest = 0;
        for (int member = 0; member < size; member++) {
            double cost = 0;
            long bytes = 0;
            int end = Partition.first(layers.size(), member + 1, size);
            for (int i = Partition.first(layers.size(), member, size); i < end; i++) {
                cost += cost(layers.get(i));
                bytes += layers.get(i).weightBytes();
            }
            if (bytes > Caches.HERE.l2()) {
                return false;
            }
            all += cost;
            largest = Math.max(largest, cost);
        }
        return largest * size <= all * UNEVEN;
    }

    /** Weights read for each step; the input's are read once for several, unless both are one chain. */
    private static double cost(RecurrentSizes layer) {
        return layer.gates().kernelOrder().gates() * (layer.units() * (layer.units() + INPUT_SHARE * layer.inputs()));
    }
}
