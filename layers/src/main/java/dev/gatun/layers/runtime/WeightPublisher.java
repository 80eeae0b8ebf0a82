package dev.gatun.layers.runtime;

import dev.gatun.memory.TensorArena;
import java.util.ArrayList;
import java.util.List;

/**
 * The versions of one training. While it changes the network's own numbers in place, predictors and streams read a copy; the
 * copy that was published last is also what the training falls back to.
 */
public final class WeightPublisher implements AutoCloseable {

    private final WeightVersions versions;
    private final WeightVersion own;
    private final TensorArena arena;
    private final List<WeightVersion> copies = new ArrayList<>();
    private final BlockRanges all = new BlockRanges();
    private WeightVersion published;

    /** Nobody reads the network's own numbers when this returns. */
    WeightPublisher(WeightVersions versions, WeightVersion own, TensorArena arena) {
        this.versions = versions;
        this.own = own;
        this.arena = arena;
        own.parameters().entries().forEach(all::add);
        publish();
        versions.await(own);
    }

    /** What the network's own numbers are now serves from the next run on. */
    public void publish() {
        publish(all);
    }

    /**
     * As {@link #publish()}.
     *
     * @param changed all parameters that may have changed since the publisher was made, or more
     */
    public void publish(BlockRanges changed) {
        WeightVersion free = null;
        for (WeightVersion copy : copies) {
            if (copy != published && !versions.isRead(copy)) {
                free = copy;
            }
        }
        if (free == null && published != null && versions.copyUnread(published, changed)) {
            return;
        }
        if (free == null) {
            free = copy();
            copies.add(free);
            own.copyTo(free);
        } else {
            own.copyTo(free, changed);
        }
        published = free;
        versions.serve(free);
    }

    private WeightVersion copy() {
        return new WeightVersion(own.parameters().twin(arena, "version of the weights"),
                own.buffers().twin(arena, "version of the buffers"));
    }

    /** Puts the network's own numbers back to what was published last. */
    public void restore() {
        restore(all);
    }

    /**
     * As {@link #restore()}.
     *
     * @param changed all parameters that may have changed since the publisher was made, or more
     */
    public void restore(BlockRanges changed) {
        published.copyTo(own, changed);
    }

    /** The network's own numbers serve again; nobody reads a copy when this returns. */
    @Override
    public void close() {
        versions.serve(own);
        copies.forEach(versions::await);
    }
}
