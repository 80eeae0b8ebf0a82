package dev.gatun.formats.keras;

import dev.gatun.formats.hdf5.Hdf5Tree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the groups of a file of weights really are. Keras 2.13 to 2.15 wrote a path on Windows as one name with back slashes, and
 * 2.13 called the layers of a model otherwise. Source: {@code H5IOStore} in {@code keras/src/saving/saving_lib.py}.
 *
 * @param hdf            the file
 * @param container      of the layers
 * @param hasBackSlashes whether the path of a group is one name
 */
record KerasPaths(Hdf5Tree hdf, String container, boolean hasBackSlashes) {

    private static final String LAYERS = "layers";
    static final String OF_OLD = "_layer_checkpoint_dependencies";
    private static final String VARIABLES = "/vars";
    private static final char SLASH = '/';
    private static final char BACK_SLASH = '\\';

    static KerasPaths of(Hdf5Tree hdf) {
        List<String> names = hdf.names("");
        boolean back = names.stream().anyMatch(name -> name.indexOf(BACK_SLASH) > 0);
        boolean old = names.stream().noneMatch(name -> isOf(name, LAYERS))
                && names.stream().anyMatch(name -> isOf(name, OF_OLD));
        return new KerasPaths(hdf, old ? OF_OLD : LAYERS, back);
    }

    private static boolean isOf(String name, String container) {
        return name.equals(container) || name.startsWith(container + BACK_SLASH);
    }

    /** The path in the file of one that Keras 3 writes. */
    String of(String path) {
        String own = container.equals(LAYERS)
                ? path
                : (SLASH + path).replace(SLASH + LAYERS + SLASH, SLASH + container + SLASH).substring(1);
        int variables = own.indexOf(VARIABLES);
        int end = variables < 0 ? own.length() : variables;
        return hasBackSlashes ? own.substring(0, end).replace(SLASH, BACK_SLASH) + own.substring(end) : own;
    }

    /** The groups of the model's layers. */
    Set<String> layers() {
        if (!hasBackSlashes) {
            return new LinkedHashSet<>(hdf.names(container));
        }
        Set<String> layers = new LinkedHashSet<>();
        for (String name : hdf.names("")) {
            if (name.startsWith(container + BACK_SLASH)) {
                String behind = name.substring(container.length() + 1);
                int end = behind.indexOf(BACK_SLASH);
                layers.add(end < 0 ? behind : behind.substring(0, end));
            }
        }
        return layers;
    }
}
