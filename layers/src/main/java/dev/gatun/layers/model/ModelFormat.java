package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A kind of model file; found as a service, so that this module needs no file format and knows all that are there. */
public interface ModelFormat {

    /** What people call it, for messages. */
    String name();

    /** Whether a file of this name should be written in this format. */
    boolean writes(Path path);

    /** Whether this existing file looks like one of this format; reads only its first bytes. */
    boolean recognises(Path path) throws IOException;

    void save(Model model, Path path) throws IOException;

    Model load(Path path) throws IOException;

    private static List<ModelFormat> all() {
        List<ModelFormat> formats = new ArrayList<>();
        ServiceLoader.load(ModelFormat.class).forEach(formats::add);
        return formats;
    }

    private static String names() {
        List<String> names = all().stream().map(ModelFormat::name).toList();
        return names.isEmpty() ? "none: add gatun-formats to the class path" : String.join(", ", names);
    }

    /** @throws IOException if no format writes files of this name */
    static ModelFormat forPath(Path path) throws IOException {
        Arguments.required(path, "Model.save", "path", "the file to write");
        return all().stream()
                .filter(format -> format.writes(path))
                .findFirst()
                .orElseThrow(() -> new IOException("Cannot save a model as '" + path.getFileName()
                        + "': no format writes such a name; end it in .gatun (formats: " + names() + ")"));
    }

    /** @throws IOException if there is no such file or no format knows it */
    static ModelFormat forFile(Path path) throws IOException {
        Arguments.required(path, "Model.load", "path", "the file to read");
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such model file");
        }
        for (ModelFormat format : all()) {
            if (format.recognises(path)) {
                return format;
            }
        }
        throw new IOException("'" + path + "' is not a model file Gatun can read (formats: " + names() + ")");
    }
}
