package dev.gatun.tests.formats;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file as Keras 1 and 2 write it, with whatever a test puts into it. */
final class LegacyH5 {

    private final Map<String, Map<String, Object>> layers = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();

    /** A text beside the layers. */
    LegacyH5 with(String attribute, String text) {
        attributes.put(attribute, text);
        return this;
    }

    /** A layer, and arrays of floats by their names. */
    LegacyH5 layer(String name, Object... namesAndArrays) {
        Map<String, Object> arrays = new LinkedHashMap<>();
        for (int i = 0; i < namesAndArrays.length; i += 2) {
            arrays.put((String) namesAndArrays[i], namesAndArrays[i + 1]);
        }
        layers.put(name, arrays);
        return this;
    }

    /** The whole model, its weights in a group of their own. */
    Path model(Path file, String version, String config) {
        with("keras_version", version).with("model_config", config);
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            attributes.forEach(hdf::putAttribute);
            write(hdf.putGroup("model_weights"));
        }
        return file;
    }

    /** The weights alone. */
    Path weights(Path file) {
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            attributes.forEach(hdf::putAttribute);
            write(hdf);
        }
        return file;
    }

    private void write(WritableGroup root) {
        root.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
        layers.forEach((layer, arrays) -> {
            WritableGroup group = root.putGroup(layer);
            // Keras writes an empty list of numbers where there are none; jHDF writes none that is empty.
            group.putAttribute("weight_names",
                    arrays.isEmpty() ? (Object) 0.0 : arrays.keySet().toArray(String[]::new));
            arrays.forEach((name, array) -> put(group, List.of(name.split("/")), array));
        });
    }

    private static void put(WritableGroup group, List<String> path, Object array) {
        if (path.size() == 1) {
            group.putDataset(path.getFirst(), array);
            return;
        }
        WritableGroup inner = group.getChildren().get(path.getFirst()) instanceof WritableGroup there
                ? there
                : group.putGroup(path.getFirst());
        put(inner, path.subList(1, path.size()), array);
    }
}
