package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
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
        Arguments.required(what, "Model.use", "what", "a word for messages");
        Thread self = Thread.currentThread();
        if (holder.get() != self && !holder.compareAndSet(null, self)) {
            throw inUse(what + "; give each thread its own model.predictor()");
        }
        depth++;
        return new Use();
    }

    /**
     * Holds the model for good, so that nobody begins while its memory goes.
     *
     * @throws IllegalStateException if a thread is at work, be it the calling one, whose work would go on after this
     */
    void end() {
        if (!holder.compareAndSet(null, Thread.currentThread())) {
            throw inUse("close it; let the work end first");
        }
    }

    private IllegalStateException inUse(String cannot) {
        Thread other = holder.get();
        return new IllegalStateException("Model '" + name + "' is in use by thread '"
                + (other == null ? "another" : other.getName()) + "', so thread '" + Thread.currentThread().getName()
                + "' cannot " + cannot);
    }
}
