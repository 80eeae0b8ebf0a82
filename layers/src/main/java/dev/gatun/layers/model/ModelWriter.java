package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a kind of model file. Found as a service, so that this module needs no file format and knows all that are there;
 * which of them writes a file is told by the ending of the file's name.
 */
public interface ModelWriter {

    /**
     * What people call the kind of file, for messages.
     *
     * @return a few words, without endings
     */
    String name();

    /**
     * How the names of the files end that this writer makes.
     *
     * @return with their dots, in small letters, at least one; messages advise the first
     */
    List<String> endings();

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
     * What of a model a file of this kind does not hold.
     *
     * @param model what is to be saved
     * @return for each thing some words, such as {@code the state of its training}; none if all of the model is kept
     */
    default List<String> leavesOut(Model model) {
        Arguments.required(model, "ModelWriter.leavesOut", "model", "an open model");
        return List.of();
    }

    /**
     * The writer of files of this name.
     *
     * @param path of the file to write; need not exist
     * @return the first that has the name's ending
     * @throws NullPointerException if the path is null
     * @throws IOException          if none has: says what can be written, and advises a name
     */
    static ModelWriter of(Path path) throws IOException {
        Arguments.required(path, "ModelWriter.of", "path", "the path of the file to write");
        return ModelFormats.installed().writer(path);
    }

    /**
     * The writer of a format, for a model that goes elsewhere than to a file.
     *
     * @param format the ending of such a file's name: {@code "gatun"}
     * @return the first that has this ending
     * @throws NullPointerException if the format is null
     * @throws IOException          if none has: says what can be written
     */
    static ModelWriter of(String format) throws IOException {
        Arguments.required(format, "ModelWriter.of", "format", "the ending of such a file, for example \"gatun\"");
        return ModelFormats.installed().writer(format);
    }
}
