package dev.gatun.formats;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What a folder holds: a model that is a folder elsewhere, or files of which one is to be given. */
final class ForeignFolder {

    private static final int MOST_LISTED = 1_000;
    private static final int MOST_NAMED = 3;

    private ForeignFolder() {}

    /** @return the rest of a sentence that begins with the folder's name; empty if nothing in it is known */
    static Optional<String> said(Path folder) {
        if (has(folder, "saved_model.pb")) {
            return Optional.of("is a TensorFlow SavedModel" + ForeignFile.TO_KERAS);
        }
        if (has(folder, "model.weights.h5") && has(folder, "config.json")) {
            return Optional.of("is a folder with the files of a .keras archive; pack them into one:"
                    + " zip -0 ../name.keras config.json metadata.json model.weights.h5");
        }
        if (has(folder, "Manifest.json") && has(folder, "Data")) {
            return Optional.of("is a Core ML package; take the PyTorch or Keras model it was made from");
        }
        if (has(folder, "model.safetensors.index.json")) {
            return Optional.of("is a folder; give the path of model.safetensors.index.json in it");
        }
        return named(folder);
    }

    private static boolean has(Path folder, String name) {
        return Files.exists(folder.resolve(name));
    }

    private static Optional<String> named(Path folder) {
        TreeSet<String> models = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            int listed = 0;
            for (Path file : files) {
                if (++listed > MOST_LISTED) {
                    break;
                }
                String name = file.getFileName().toString();
                if (isModel(name.toLowerCase(Locale.ROOT)) && Files.isRegularFile(file)) {
                    models.add(FormatException.quote(name));
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return models.isEmpty()
                ? Optional.empty()
                : Optional.of("is a folder; give the path of a file in it: "
                        + String.join(", ", models.stream().limit(MOST_NAMED).toList())
                        + (models.size() > MOST_NAMED ? ", ... (" + models.size() + ")" : ""));
    }

    private static boolean isModel(String name) {
        return name.endsWith(".gatun") || name.endsWith(".keras") || name.endsWith(".h5") || name.endsWith(".onnx")
                || name.endsWith(".safetensors") || name.endsWith(".nam") || name.equals("model.json");
    }
}
