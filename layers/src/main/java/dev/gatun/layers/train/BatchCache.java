package dev.gatun.layers.train;

import dev.gatun.layers.plan.ExecutionMode;
import dev.gatun.layers.runtime.Network;
import dev.gatun.memory.TensorArena;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The batch sizes that a training has met, the latest of them with their memory. */
final class BatchCache {

    /** As many as the network keeps executions, without which a batch is of no use. */
    private static final int MOST = 8;

    private record Kept(Batch batch, TensorArena arena) {}

    private final Network network;
    private final Objective objective;
    private final TensorArena arena;
    private final SequencedMap<BatchShapes, Kept> byShapes = new LinkedHashMap<>(16, 0.75f, true);

    /** @param arena owns the memory of all batches */
    BatchCache(Network network, Objective objective, TensorArena arena) {
        this.network = network;
        this.objective = objective;
        this.arena = arena;
    }

    Batch get(BatchShapes shapes) {
        Kept kept = byShapes.get(shapes);
        if (kept == null) {
            if (byShapes.size() == MOST) {
                byShapes.pollFirstEntry().getValue().arena().close();
            }
            kept = make(shapes);
            byShapes.put(shapes, kept);
        }
        return kept.batch();
    }

    private Kept make(BatchShapes shapes) {
        TensorArena own = arena.child("batch");
        try {
            return new Kept(new Batch(network, objective, shapes, ExecutionMode.TRAINING, own), own);
        } catch (RuntimeException | Error failed) {
            own.close();
            throw failed;
        }
    }
}
