package dev.gatun.layers.runtime;

import dev.gatun.memory.TensorArena;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Which numbers predictors and streams read. While nobody trains these are the network's own; while a training changes those in
 * place, a copy of them, which it replaces as a whole. A run reads one version from its beginning to its end, and no version is
 * written while a run reads it.
 */
final class WeightVersions {

    private static final long NAP_NANOS = 20_000;

    private final WeightVersion own;
    private final Set<Reader> readers = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile WeightVersion serving;

    WeightVersions(WeightVersion own) {
        this.own = own;
        this.serving = own;
    }

    /** One more execution that serves. */
    synchronized Reader reader() {
        Reader reader = new Reader();
        readers.add(reader);
        return reader;
    }

    /** What one execution reads. Going in and out costs two writes, and allocates nothing. */
    final class Reader {

        private final AtomicReference<WeightVersion> reads = new AtomicReference<>();

        /** The version that serves, which stays as it is until {@link #exit}. */
        WeightVersion enter() {
            WeightVersion version;
            do {
                version = serving;
                reads.set(version);
            } while (version != serving);
            return version;
        }

        void exit() {
            reads.setRelease(null);
        }
    }

    /**
     * A training begins: what serves is from now on a copy, and nobody reads the network's own numbers when this returns.
     *
     * @param arena owns the copies until the publisher is closed
     */
    WeightPublisher publisher(TensorArena arena) {
        return new WeightPublisher(this, own, arena);
    }

    void serve(WeightVersion version) {
        serving = version;
    }

    /** Without readers a version is written where it is, and whoever comes first waits for the end of the copy. */
    synchronized boolean copyUnread(WeightVersion to, BlockRanges changed) {
        if (readers.isEmpty()) {
            own.copyTo(to, changed);
            return true;
        }
        return false;
    }

    synchronized boolean isRead(WeightVersion version) {
        for (Reader reader : readers) {
            if (reader.reads.get() == version) {
                return true;
            }
        }
        return false;
    }

    /** Runs are short, and those that begin meanwhile read another version. */
    void await(WeightVersion version) {
        while (isRead(version)) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
    }
}
