package dev.gatun.layers.runtime;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * All doors to a model: its own, and those of its predictors and streams. They close together or not at all. A door that is
 * given up without being closed is forgotten.
 */
public final class ModelUsers {

    private static final String END_FIRST = "let the work end first";

    private final String model;
    private final SingleUser own;
    /** There may be a hundred thousand streams, so that they share what is said of them. */
    private final List<Kind> kinds = new ArrayList<>();
    private final Set<SingleUser> others = Collections.newSetFromMap(new WeakHashMap<>());

    private record Kind(String name, String factory, SingleUser.Words words) {}

    ModelUsers(String model) {
        this.model = model;
        this.own = new SingleUser(new SingleUser.Words("Model '" + model + "'",
                "give each thread its own model.predictor()", "its weights are gone. Load it again, or close it later"),
                this);
    }

    /**
     * The model's own door.
     *
     * @return the guard of everything that is called on the model itself
     */
    public SingleUser own() {
        return own;
    }

    /**
     * One more door; the model then closes only while no thread is inside.
     *
     * @param kind    what it is, for example {@code Stream}
     * @param factory how one more is got, for example {@code model.stream()}
     * @return its guard, for the door to keep
     * @throws NullPointerException  if an argument is null
     * @throws IllegalStateException if the model is closed
     */
    public synchronized SingleUser open(String kind, String factory) {
        Arguments.required(kind, "ModelUsers.open", "kind", "for example \"Stream\"");
        Arguments.required(factory, "ModelUsers.open", "factory", "for example \"model.stream()\"");
        own.requireOpen();
        SingleUser door = new SingleUser(words(kind, factory), this);
        others.add(door);
        return door;
    }

    private SingleUser.Words words(String name, String factory) {
        for (Kind kind : kinds) {
            if (kind.name().equals(name) && kind.factory().equals(factory)) {
                return kind.words();
            }
        }
        SingleUser.Words words = new SingleUser.Words(name + " of model '" + model + "'",
                "give each thread its own " + factory, "take another with " + factory);
        kinds.add(new Kind(name, factory, words));
        return words;
    }

    /** As {@link SingleUser#close}; waits while the model closes, which takes no longer than looking at each door. */
    synchronized boolean close(SingleUser door) {
        if (door.isClosed()) {
            return false;
        }
        door.claim("close it", END_FIRST);
        door.end();
        others.remove(door);
        return true;
    }

    /**
     * Closes every door of the model for good.
     *
     * @return whether the model was open
     * @throws IllegalStateException if a thread is inside one of them, be it the calling one; then all stay open
     */
    synchronized boolean closeAll() {
        if (own.isClosed()) {
            return false;
        }
        List<SingleUser> all = new ArrayList<>(others);
        all.add(own);
        for (int i = 0; i < all.size(); i++) {
            try {
                all.get(i).claim(all.get(i) == own ? "close it" : "close the model", END_FIRST);
            } catch (IllegalStateException inUse) {
                all.subList(0, i).forEach(SingleUser::exit);
                throw inUse;
            }
        }
        all.removeLast();
        for (SingleUser door : all) {
            door.end(", for its model is closed; load the model again, or close it later");
        }
        own.end();
        others.clear();
        return true;
    }
}
