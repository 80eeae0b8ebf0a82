package dev.gatun.layers.runtime;

import dev.gatun.memory.check.Arguments;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The guard of one door to a model: refuses a second thread while one is inside, instead of giving both wrong numbers, and
 * everyone once the door is closed. Going in costs one compare-and-set and allocates nothing. The thread inside may go in
 * again.
 */
public final class SingleUser {

    private final Words words;
    private final ModelUsers users;
    /** Null, or the thread inside, or the sentence that says why the door is closed for good. */
    private final AtomicReference<Object> holder = new AtomicReference<>();
    private String doing;
    private int depth;

    /**
     * @param words what messages say of the door
     * @param users all doors of the model
     */
    SingleUser(Words words, ModelUsers users) {
        this.words = words;
        this.users = users;
    }

    /**
     * What messages say of a door, the same for all of a kind.
     *
     * @param door      what it is, for example {@code Stream of model 'x'}
     * @param perThread what to do instead of sharing it
     * @param reopen    what to do once it is closed
     */
    record Words(String door, String perThread, String reopen) {}

    /** A stay inside, for try-with-resources where an object more is no matter. */
    public final class Use implements AutoCloseable {
        private Use() {}

        /** Ends the stay. */
        @Override
        public void close() {
            exit();
        }
    }

    /**
     * Goes in; {@link #exit} must follow.
     *
     * @param what what the thread will do, for messages: {@code step}, {@code reset it}
     * @throws NullPointerException  if it is null
     * @throws IllegalStateException if another thread is inside, saying which and what it does, or the door is closed
     */
    public void enter(String what) {
        Arguments.required(what, "SingleUser.enter", "what", "what the thread will do, for example \"step\"");
        Thread self = Thread.currentThread();
        if (holder.get() == self) {
            depth++;
            return;
        }
        claim(what, words.perThread());
    }

    /** Goes out; only after {@link #enter}, on the same thread. */
    public void exit() {
        if (--depth == 0) {
            holder.setRelease(null);
        }
    }

    public Use use(String what) {
        enter(what);
        return new Use();
    }

    /**
     * Goes in, for what cannot be done from inside, as in a callback of a training.
     *
     * @param what what the thread will do, for messages: {@code train}
     * @return the stay; close it
     * @throws NullPointerException  if it is null
     * @throws IllegalStateException if a thread is inside, be it the calling one, or the door is closed
     */
    public Use useAlone(String what) {
        Arguments.required(what, "SingleUser.useAlone", "what", "what the thread will do, for example \"train\"");
        claim(what, holder.get() == Thread.currentThread() ? "let the work end first" : words.perThread());
        return new Use();
    }

    /** Goes in, unless a thread is inside, be it the calling one, or the door is closed: then says so, and what to do. */
    void claim(String what, String fix) {
        Object inside = holder.compareAndExchange(null, Thread.currentThread());
        if (inside != null) {
            throw refusal(inside, what, fix);
        }
        doing = what;
        depth = 1;
    }

    /**
     * Closes this door for good, so that nobody goes in while its memory goes.
     *
     * @return whether it was open
     * @throws IllegalStateException if a thread is inside, be it the calling one, whose work would go on after this
     */
    public boolean close() {
        return users.close(this);
    }

    /** The thread inside goes out and nobody comes in any more. */
    void end() {
        end("; " + words.reopen());
    }

    /** As {@link #end()}, with another reason. */
    void end(String why) {
        holder.set(words.door() + " is closed" + why);
    }

    boolean isClosed() {
        return holder.get() instanceof String;
    }

    /** @throws IllegalStateException if the door is closed, saying why */
    void requireOpen() {
        if (holder.get() instanceof String closed) {
            throw new IllegalStateException(closed);
        }
    }

    private IllegalStateException refusal(Object inside, String what, String fix) {
        if (!(inside instanceof Thread other)) {
            return new IllegalStateException((String) inside);
        }
        String inUse = words.door() + " is in use by " + name(other)
                + (doing == null ? "" : " (" + doing.replaceFirst(" it$", "") + ")");
        Thread self = Thread.currentThread();
        return new IllegalStateException(other == self
                ? inUse + ", which cannot " + what + " from inside, for example in a callback; " + fix
                : inUse + ", so " + name(self) + " cannot " + what + "; " + fix);
    }

    /** Virtual threads have no name unless they are given one. */
    private static String name(Thread thread) {
        return "thread '" + (thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName()) + "'";
    }
}
