package dev.gatun.formats.inspect;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.hdf5.Hdf5Dataset;
import dev.gatun.formats.hdf5.Hdf5File;
import dev.gatun.formats.hdf5.Hdf5Name;
import dev.gatun.layers.model.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A tree of groups with arrays; attributes say who wrote it. */
final class Hdf5Contents implements Contents.Kind {

    /** Groups within groups; a file may hold one that is within itself. */
    private static final int DEEPEST = 24;
    /** Two of them that are within each other make a tree of 2 to the power of its depth. */
    private static final int MOST_GROUPS = 20_000;
    private static final String FIX = "copy or download it again";
    private static final List<String> SAID = List.of("keras_version", "backend", "layer_names", "model_config",
            "training_config");
    private static final int LONGEST = 2_000;

    @Override
    public boolean matches(ModelSource source, byte[] start) {
        return Contents.begins(start, 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n');
    }

    @Override
    public Contents of(Path file) throws FormatException {
        return Hdf5File.read(new Hdf5Name(file.toString(), "", FIX), file, hdf -> of(hdf, "", Contents.of(toString())));
    }

    /** Of a file in memory. */
    static void add(String file, String within, byte[] bytes, Contents contents) throws FormatException {
        Hdf5File.read(new Hdf5Name(file, within, FIX), bytes, hdf -> of(hdf, within, contents));
    }

    private static Contents of(Hdf5File hdf, String before, Contents contents) throws FormatException {
        for (String attribute : SAID) {
            for (String group : List.of("", "model_weights")) {
                String said = said(hdf, group, attribute);
                if (said != null) {
                    contents.metadata().putIfAbsent(attribute, said);
                }
            }
        }
        walk(hdf, before, "", 0, MOST_GROUPS, contents);
        String version = contents.metadata().get("keras_version");
        return version == null ? contents : contents.by("Keras " + version);
    }

    private static String said(Hdf5File hdf, String group, String attribute) throws FormatException {
        List<String> texts = hdf.hasGroup(group) ? hdf.texts(group, attribute) : null;
        if (texts == null) {
            return null;
        }
        String joined = String.join(", ", texts);
        return joined.length() <= LONGEST ? joined : joined.substring(0, LONGEST) + "...";
    }

    /** Returns how many of the groups that may be looked into are left. */
    private static int walk(Hdf5File hdf, String before, String group, int depth, int groups, Contents contents) {
        int left = groups - 1;
        for (String name : depth > DEEPEST ? List.<String>of() : hdf.names(group)) {
            if (left <= 0 || contents.arrays().size() >= Contents.MOST) {
                return 0;
            }
            String path = group.isEmpty() ? name : group + "/" + name;
            Hdf5Dataset dataset = hdf.dataset(path);
            if (dataset == null) {
                left = walk(hdf, before, path, depth + 1, left, contents);
            } else {
                String shown = Stream.of(before, path).filter(text -> !text.isEmpty()).reduce((a, b) -> a + ":" + b)
                        .orElse(path);
                contents.arrays().add(new StoredArray(shown, type(dataset), dataset.shape().toString(),
                        dataset.shape().elements()));
            }
        }
        return left;
    }

    private static String type(Hdf5Dataset dataset) {
        try {
            return dataset.numbers().name().toLowerCase(Locale.ROOT);
        } catch (FormatException noWeight) {
            return "other";
        }
    }

    @Override
    public String toString() {
        return "HDF5";
    }
}
