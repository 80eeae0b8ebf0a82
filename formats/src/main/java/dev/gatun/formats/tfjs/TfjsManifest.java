package dev.gatun.formats.tfjs;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.keras.arrays.SavedArray;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The weights that a model.json lists: groups, each of a few files that are read as one and of weights that lie in it. */
final class TfjsManifest implements AutoCloseable {

    private final Path file;
    private final List<TfjsShards> shards = new ArrayList<>();
    private final List<SavedArray> arrays = new ArrayList<>();
    private final Set<String> quantized = new TreeSet<>();
    private long bytes;

    private TfjsManifest(Path file) {
        this.file = file;
    }

    /** @throws FormatException if a list or a file is missing, or shorter than its weights */
    static TfjsManifest of(Path file, Object groups) throws FormatException {
        TfjsManifest manifest = new TfjsManifest(file);
        try {
            for (Object group : manifest.list("weightsManifest", groups)) {
                manifest.add(manifest.map("weightsManifest", group));
            }
            return manifest;
        } catch (FormatException | RuntimeException | Error failed) {
            manifest.close();
            throw failed;
        }
    }

    private void add(Map<?, ?> group) throws FormatException {
        TfjsShards own = TfjsShards.of(file, list("paths", group.get("paths")));
        shards.add(own);
        bytes += own.bytes();
        long at = 0;
        for (Object each : list("weights", group.get("weights"))) {
            Map<?, ?> weight = map("weights", each);
            String name = String.valueOf(weight.get("name"));
            TfjsNumbers numbers = TfjsNumbers.of(file, name, weight);
            long[] sizes = sizes(name, weight.get("shape"));
            long count = count(name, sizes, own.bytes());
            long length = count * numbers.bytes();
            if (length > own.bytes() - at) {
                throw new FormatException(file, "lists weight " + FormatException.quote(name) + " of " + length
                        + " bytes at byte " + at + " of files that have " + own.bytes() + "; copy all of them, whole");
            }
            if (numbers.isQuantized()) {
                quantized.add(numbers.dtype());
            }
            long begin = at;
            arrays.add(new SavedArray(name, own.name() + " " + name, Shape.of(sizes),
                    () -> Tensor.of(numbers.floats(own.read(begin, length)), sizes)));
            at += length;
        }
        if (at < own.bytes()) {
            throw new FormatException(file,
                    "lists weights of " + at + " bytes, but " + own.name() + " has " + own.bytes()
                            + "; copy the files again");
        }
    }

    private long[] sizes(String name, Object shape) throws FormatException {
        List<?> list = list("shape of weight '" + name + "'", shape);
        long[] sizes = new long[list.size()];
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!(list.get(axis) instanceof Long size) || size < 0) {
                throw new FormatException(file, "has a shape " + FormatException.quote(String.valueOf(shape))
                        + " for weight " + FormatException.quote(name) + ", expected whole numbers");
            }
            sizes[axis] = size;
        }
        return sizes;
    }

    private long count(String name, long[] sizes, long most) throws FormatException {
        long count = 1;
        for (long size : sizes) {
            if (size > 0 && count > most / size) {
                throw new FormatException(file, "lists weight " + FormatException.quote(name)
                        + " with more numbers than its files have bytes; copy all of them, whole");
            }
            count *= size;
        }
        return count;
    }

    private List<?> list(String what, Object value) throws FormatException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new FormatException(file, "has no list " + what + "; save the model again");
    }

    private Map<?, ?> map(String what, Object value) throws FormatException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new FormatException(file, "has something else than an object in its " + what + "; save the model again");
    }

    /** In the order of their bytes. */
    List<SavedArray> arrays() {
        return arrays;
    }

    /** Of all files of weights. */
    long bytes() {
        return bytes;
    }

    List<String> notes() {
        return quantized.stream().map(dtype -> "weights that the converter made smaller (" + dtype
                + ") are read as what is left of them").toList();
    }

    @Override
    public void close() {
        shards.forEach(TfjsShards::close);
    }
}
