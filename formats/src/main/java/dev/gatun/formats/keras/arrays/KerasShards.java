package dev.gatun.formats.keras.arrays;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.JsonFile;
import dev.gatun.formats.NeighbourFile;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.formats.hdf5.Hdf5Parts;
import dev.gatun.formats.hdf5.Hdf5Tree;
import dev.gatun.formats.json.JsonKind;
import dev.gatun.formats.source.LocalCopy;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keras 3's weights, in one {@code .weights.h5} file or in several that a {@code .weights.json} lists ({@code max_shard_size}).
 * Source: {@code ShardedH5IOStore} in {@code keras/src/saving/saving_lib.py}.
 */
public final class KerasShards {

    private static final String MAP = "weight_map";
    private static final int MOST_FILES = 4096;

    private KerasShards() {}

    /**
     * Opens the weights.
     *
     * @param fix  what to do about weights that are not those that are wanted, for messages
     * @param path of the file, of any file system, or of the list of files, on the machine's own
     * @throws FormatException if a file is missing, lies elsewhere than beside the list, or is not sound, or whatever the work
     *                         throws
     */
    public static <R> R read(String fix, Path path, Hdf5Tree.Work<R> work) throws FormatException {
        try (ModelSource source = ModelSource.of(path)) {
            return read(fix, source, work);
        } catch (IOException failed) {
            throw FormatException.unreadable(path, failed);
        }
    }

    /**
     * Opens the weights.
     *
     * @param fix    as above
     * @param source of any file system; a list of files, and these, lie on the machine's own
     * @throws FormatException as above
     */
    public static <R> R read(String fix, ModelSource source, Hdf5Tree.Work<R> work) throws FormatException {
        Hdf5Name name = new Hdf5Name(source.name(), "", fix);
        if (!isList(source)) {
            try (LocalCopy file = LocalCopy.of(source, ".weights.h5")) {
                return Hdf5File.read(name, file.path(), work::with);
            }
        }
        Path list = source.file().orElseThrow(() -> new FormatException(source.name(), "is a list of files of weights,"
                + " which are read from the machine's own file system only; copy all of them there"));
        return Hdf5Parts.read(name, files(list), work);
    }

    /** Whether weights are a list of files and no HDF5: they begin as a JSON object does. */
    public static boolean isList(ModelSource source) {
        return !source.isFolder() && JsonKind.isObject(source.start());
    }

    private static List<Path> files(Path list) throws FormatException {
        Set<String> names = new LinkedHashSet<>();
        if (!(JsonFile.read(list, "a list of files of weights", "save the weights again")
                .get(MAP) instanceof Map<?, ?> map)) {
            throw new FormatException(list, "has no " + MAP
                    + ", so it is no list of Keras's files of weights; give the file that"
                    + " model.save_weights wrote");
        }
        for (Object files : map.values()) {
            for (Object each : files instanceof List<?> several ? several : List.of(String.valueOf(files))) {
                names.add(String.valueOf(each));
            }
        }
        if (names.size() > MOST_FILES) {
            throw new FormatException(list, "lists " + names.size() + " files of weights, expected at most "
                    + MOST_FILES + "; save the weights again in larger ones");
        }
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            Path file = NeighbourFile.of(list, name).orElseThrow(() -> new FormatException(list,
                    "names a file of weights " + FormatException.quote(name)
                            + ", which does not lie beside it; copy the weights there and name them so"));
            if (!Files.isRegularFile(file)) {
                throw new FormatException(list, "needs the file " + FormatException.quote(name)
                        + " with weights, which is not beside it; copy it there");
            }
            files.add(file);
        }
        return files;
    }
}
