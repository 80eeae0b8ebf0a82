package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * A state dict in several files of safetensors beside each other, and an index of JSON ({@code model.safetensors.index.json}) that
 * says which tensor is where.
 */
final class TensorParts {

    /** The key under which the index has the file of each tensor. */
    static final String MAP = "weight_map";

    /** A name of a file and nothing that leads out of the folder. A file may be a link, as in the cache of a hub. */
    private static final Pattern FILE = Pattern.compile("(?!\\.)[^/\\\\:\\x00-\\x1f]{1,200}\\.safetensors");

    /** Models of some hundred gigabytes have fewer. */
    private static final int MOST_FILES = 1_000;

    private static final Pattern PART = Pattern.compile(".*-\\d{5}-of-(\\d{5})\\.safetensors");

    private final ModelSource source;
    private final SequencedMap<String, SafetensorsFile> files = new LinkedHashMap<>();

    private TensorParts(ModelSource source) {
        this.source = source;
    }

    /**
     * Opens all files that an index names.
     *
     * @param places from {@link #MAP}
     * @throws IOException if one is not there, is not sound, or has not what the index says
     */
    static SafetensorsStateDict open(ModelSource source, Map<String, Object> places) throws IOException {
        TensorParts parts = new TensorParts(source);
        try {
            SequencedMap<String, SafetensorsFile> found = new LinkedHashMap<>();
            for (Map.Entry<String, Object> place : places.entrySet()) {
                found.put(place.getKey(), parts.file(place.getKey(), place.getValue()));
            }
            return SafetensorsStateDict.of(source.name(), found);
        } catch (IOException | RuntimeException | Error failed) {
            parts.files.values().forEach(SafetensorsFile::close);
            throw failed;
        }
    }

    private SafetensorsFile file(String tensor, Object name) throws IOException {
        if (!(name instanceof String text) || !FILE.matcher(text).matches()) {
            throw new IllegalArgumentException("its " + MAP + " says " + FormatException.quote(String.valueOf(name))
                    + " for " + FormatException.quote(tensor) + ", expected the name of a .safetensors file beside it");
        }
        if (!files.containsKey(text)) {
            files.put(text, opened(text));
        }
        return files.get(text);
    }

    private SafetensorsFile opened(String name) throws IOException {
        Path index = source.path().orElseThrow(() -> new IllegalArgumentException("is an index of several files of"
                + " tensors, which lie beside it; give its path, not a stream"));
        Path file = index.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("names a file " + FormatException.quote(name)
                    + " of tensors, which is not beside it; put all of them into one folder");
        }
        if (files.size() == MOST_FILES) {
            throw new IllegalArgumentException("names more than " + MOST_FILES + " files, more than any model needs");
        }
        try (ModelSource part = ModelSource.of(file)) {
            return part.file().isPresent()
                    ? Safetensors.read(part.file().get())
                    : Safetensors.read(part.name(), part.bytes());
        }
    }

    /**
     * What there is to say of a file that is one of several by its name.
     *
     * @return null if it is not
     */
    static String note(ModelSource source) {
        Path name = source.path().map(Path::getFileName).orElse(null);
        boolean isPart = name != null && PART.matcher(name.toString()).matches();
        return isPart && !name.toString().endsWith("-of-00001.safetensors")
                ? "by its name this is one of several files of a model; the others are not read. Give the index beside it,"
                        + " model.safetensors.index.json, for all of them"
                : null;
    }
}
