package dev.gatun.layers.model;

import java.util.concurrent.atomic.AtomicReference;

/** Refuses a second thread while one is at work, instead of giving both wrong numbers. The same thread may enter again. */
public final class SingleUser {

    private final String name;
    private final AtomicReference<Thread> holder = new AtomicReference<>();
    private int depth;

    SingleUser(String name) {
        this.name = name;
    }

    /** Holds the model until it is closed. */
    public final class Use implements AutoCloseable {
        private Use() {}

        @Override
        public void close() {
            if (--depth == 0) {
                holder.set(null);
            }
        }
    }

    Use enter(String what) {
        Thread self = Thread.currentThread();
        if (holder.get() != self && !holder.compareAndSet(null, self)) {
            Thread other = holder.get();
            throw new IllegalStateException("Model '" + name + "' is in use by thread '"
                    + (other == null ? "another" : other.getName()) + "', so thread '" + self.getName() + "' cannot "
                    + what
                    + "; give each thread its own model.predictor()");
        }
        depth++;
        return new Use();
    }
}
