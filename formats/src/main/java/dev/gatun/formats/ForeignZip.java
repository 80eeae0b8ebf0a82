package dev.gatun.formats;

import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a zip archive holds, by the names in it. */
final class ForeignZip {

    /** Of a zip entry's local header: where the length of its name stands, and the name. */
    private static final int NAME_LENGTH_AT = 26;
    private static final int NAME_AT = 30;

    /** Names that are looked at. */
    private static final int MOST = 10_000;

    private static final List<String> OF_KERAS = List.of("metadata.json", "config.json", "model.weights.h5");

    /** Endings of files that somebody may have packed. */
    private static final List<String> MODELS = List.of(".keras", ".h5", ".hdf5", ".onnx", ".safetensors", ".gatun",
            ".pt",
            ".pth", ".nam", ".json", "saved_model.pb");

    private ForeignZip() {}

    /** @return the rest of a sentence that begins with the file's name; null for one of Keras, or if they say nothing */
    static String said(ModelSource source) {
        String first = firstEntry(source.start());
        if (OF_KERAS.contains(first)) {
            return null; // The usual way, on which the archive is not opened twice.
        }
        Optional<Path> file = source.file();
        return said(file.isPresent() ? names(file.get()) : List.of(first));
    }

    private static String said(List<String> names) {
        boolean isTorch = false;
        boolean isArrays = false;
        String model = null;
        for (String name : names) {
            if (OF_KERAS.contains(name)) {
                return null;
            }
            if (name.endsWith("/constants.pkl") || name.contains("/code/__torch__")) {
                return "is a TorchScript program, which only Python can read" + PythonLines.SCRIPT;
            }
            if (name.endsWith("/archive_format") || name.endsWith("serialized_exported_program.json")) {
                return "is a program exported by PyTorch, which only Python can read" + PythonLines.EXPORTED;
            }
            if (name.equals("coefficients.bin") || name.equals("updaterState.bin")) {
                return "is a model of Deeplearning4j; its weights are read by itself alone: set them here from an array of"
                        + " model.params() there, or take the Keras model it was imported from";
            }
            isTorch |= name.endsWith("/data.pkl") || name.endsWith("/.format_version") || name.endsWith("/byteorder");
            isArrays |= name.endsWith(".npy");
            model = model == null && isModel(name) ? name : model;
        }
        if (isTorch) {
            return "is a PyTorch file, which only Python can read safely" + PythonLines.STATE_DICT;
        }
        if (isArrays) {
            return "is an archive of NumPy arrays without a model" + PythonLines.NPZ;
        }
        if (names.size() == 1 && names.getFirst().isEmpty()) {
            return null;
        }
        return model == null
                ? "is a zip archive without a model; it holds " + FormatException.quote(names.getFirst())
                        + (names.size() > 1 ? ", ... (" + names.size() + ")" : "")
                : inside(model);
    }

    private static boolean isModel(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return MODELS.stream().anyMatch(small::endsWith);
    }

    private static String inside(String name) {
        boolean isFolder = OF_KERAS.contains(name.substring(name.lastIndexOf('/') + 1));
        return "is a zip archive with " + FormatException.quote(name) + " in it; " + (isFolder
                ? "a .keras archive has its files in no folder: pack them without it"
                : "unpack it first");
    }

    private static List<String> names(Path file) {
        List<String> names = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements() && names.size() < MOST;) {
                names.add(all.nextElement().getName());
            }
        } catch (IOException | IllegalArgumentException damaged) {
            return List.of(""); // Whoever reads it says what is wrong.
        }
        return names;
    }

    private static String firstEntry(byte[] start) {
        if (start.length < NAME_AT) {
            return "";
        }
        int length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getShort(NAME_LENGTH_AT) & 0xffff;
        return new String(start, NAME_AT, Math.min(length, start.length - NAME_AT), StandardCharsets.UTF_8);
    }
}
