package dev.gatun.formats.keras.generations;

import java.util.Collection;
import java.util.Map;

/** Which Keras wrote a configuration that does not say it. */
public final class WrittenBy {

    private static final String MODULE = "module";

    private WrittenBy() {}

    /**
     * The first number of the version, by the form of the layers: Keras 3 says the module of each class, Keras 1 has options that
     * were renamed later.
     *
     * @param json a configuration, or null for none
     */
    public static int major(Object json) {
        if (json == null || Keras1Marks.areIn(json)) {
            return 1;
        }
        return saysModules(json) ? 3 : 2;
    }

    /** Whether some object with a class says its module. */
    private static boolean saysModules(Object json) {
        return switch (json) {
            case Map<?, ?> map -> map.containsKey(MODULE) && map.containsKey("class_name")
                    || map.values().stream().anyMatch(WrittenBy::saysModules);
            case Collection<?> all -> all.stream().anyMatch(WrittenBy::saysModules);
            case null, default -> false;
        };
    }
}
