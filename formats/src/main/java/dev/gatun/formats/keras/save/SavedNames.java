package dev.gatun.formats.keras.save;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Names of a model's nodes: those of its layers, and others for operations, which Keras numbers as it does layers. */
final class SavedNames {

    private final Set<String> taken;

    SavedNames(Collection<String> layers) {
        this.taken = new HashSet<>(layers);
    }

    /** The wish, with a number behind it if it is taken. */
    String unused(String wish) {
        String name = wish;
        for (int number = 1; !taken.add(name); number++) {
            name = wish + "_" + number;
        }
        return name;
    }

    /** The first operation of a layer has its name. */
    String ofLayer(String layer, int call) {
        return call == 0 ? layer : unused(layer);
    }
}
