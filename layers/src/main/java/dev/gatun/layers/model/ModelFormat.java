package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A kind of model file; found as a service, so that this module needs no file format and knows all that are there. */
public interface ModelFormat {

    /**
     * What people call it, for messages.
     *
     * @return a few words
     */
    String name();

    /**
     * Whether a file of this name should be written in this format.
     *
     * @param path need not exist
     * @return whether the name has this format's ending
     */
    boolean writes(Path path);

    /**
     * Whether a model looks like one of this format.
     *
     * @param source only its name and its first bytes are looked at
     * @return whether this format should load it
     * @throws IOException if it cannot be read
     */
    boolean recognises(ModelSource source) throws IOException;

    /**
     * What a file is that no format recognises, if this one knows, and what to do with it.
     *
     * @param source only its name and its first bytes are looked at
     * @return the rest of a sentence that begins with the file's name; empty if this format does not know either
     */
    default Optional<String> explains(ModelSource source) {
        Arguments.required(source, "ModelFormat.explains", "source", "what ModelSource.of gives");
        return Optional.empty();
    }

    /**
     * Writes a model, whole or not at all.
     *
     * @param model what is saved
     * @param path  written or replaced
     * @throws IOException if it cannot be written, or could not be loaded again; an old file is then untouched
     */
    void save(Model model, Path path) throws IOException;

    /**
     * Writes a model to a stream, which stays open.
     *
     * @param model what is saved
     * @param out   written to
     * @throws IOException if it cannot be written, or could not be loaded again; in the second case nothing is written
     */
    void save(Model model, OutputStream out) throws IOException;

    /**
     * Reads a model.
     *
     * @param source that this format recognises
     * @return to be closed
     * @throws IOException one sentence that says what is wrong with it
     */
    Model load(ModelSource source) throws IOException;

    /**
     * By the class loader of this class: the thread's own may be that of a pool, which knows none of an application's. One
     * after the other, so that a start loads no classes of formats behind the one it needs.
     */
    private static Iterable<ModelFormat> all() {
        return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader());
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (ModelFormat format : all()) {
            names.add(format.name());
        }
        return names.isEmpty() ? "none: add gatun-formats to the class path" : String.join(", ", names);
    }

    /**
     * The format that writes files of this name.
     *
     * @param path of the file to write
     * @return the first that takes it
     * @throws NullPointerException if the path is null
     * @throws IOException          if no format writes files of this name
     */
    static ModelFormat forPath(Path path) throws IOException {
        Arguments.required(path, "ModelFormat.forPath", "path", "the path of the file to write");
        for (ModelFormat format : all()) {
            if (format.writes(path)) {
                return format;
            }
        }
        throw new IOException("Cannot save a model as '" + (path.getFileName() == null ? path : path.getFileName())
                + "': no format writes such a name; end it in .gatun (formats: " + names() + ")");
    }

    /**
     * The format of a model.
     *
     * @param source a file or a stream
     * @return the first that recognises it
     * @throws IOException if no format knows it: says what it is, if that can be told, and what to do
     */
    static ModelFormat of(ModelSource source) throws IOException {
        Arguments.required(source, "ModelFormat.of", "source", "what ModelSource.of gives");
        for (ModelFormat format : all()) {
            if (format.recognises(source)) {
                return format;
            }
        }
        for (ModelFormat format : all()) {
            Optional<String> said = format.explains(source);
            if (said.isPresent()) {
                throw new IOException(source.name() + " " + said.get());
            }
        }
        throw new IOException(source.name()
                + (source.isFolder()
                        ? " is a folder, not a model file; give the path of a file"
                        : " is not a model that Gatun can read; give a file that Model.save or Keras 3 wrote")
                + " (formats: " + names() + ")");
    }
}
