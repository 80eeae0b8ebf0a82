package dev.gatun.tests.battery;

import dev.gatun.formats.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Keras says of a class of layers, written down in {@code resources/keras} apart from what Gatun's types declare: its
 * {@code get_config()} with every default, and where its file holds the weights. Source: {@code model.save} of Keras 3.15.1;
 * {@link KerasClassTest} holds it against files that Keras wrote.
 *
 * @param config    every option with Keras's default; what has none has a value that means nothing
 * @param weights   below the layer's group; null for a wrapper's, which lie in the layer within
 * @param elsewhere options of other versions of Keras, which the reader knows too
 */
record KerasClass(Map<String, Object> config, String weights, Set<String> elsewhere) {

    private static final Set<String> OF_ALL = Set.of("name", "trainable", "dtype");

    static boolean isKerass(String kind) {
        return KerasClass.class.getResource(path(kind)) != null;
    }

    private static String path(String kind) {
        return "/keras/" + kind + ".json";
    }

    /** Of a class that is not Keras's: what every class has, and its own options. */
    static KerasClass named(String kind, List<String> ownOptions) {
        if (isKerass(kind)) {
            return read(kind);
        }
        Map<String, Object> config = new LinkedHashMap<>(read("Dense").config());
        config.keySet().retainAll(OF_ALL);
        ownOptions.forEach(option -> config.put(option, null));
        return new KerasClass(config, "vars", Set.of());
    }

    private static KerasClass read(String kind) {
        try (InputStream in = KerasClass.class.getResourceAsStream(path(kind))) {
            Map<String, Object> json = PlainJson.object(path(kind),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
            @SuppressWarnings("unchecked")
            Map<String, Object> config = (Map<String, Object>) json.get("config");
            return new KerasClass(config, (String) json.get("weights"),
                    ((List<?>) json.get("elsewhere")).stream().map(String::valueOf).collect(Collectors.toSet()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
