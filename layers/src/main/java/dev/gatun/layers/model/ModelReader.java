package dev.gatun.layers.model;

import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a kind of model file. Found as a service, so that this module needs no file format and knows all that are there;
 * which of them reads a file is told by the file's content.
 */
public interface ModelReader {

    /**
     * What people call the kind of file, for messages.
     *
     * @return a few words, without endings
     */
    String name();

    /**
     * How the names of such files end, for messages.
     *
     * @return with their dots, in small letters, at least one
     */
    List<String> endings();

    /**
     * Whether a model looks like one of this kind.
     *
     * @param source only its name and its first bytes are looked at
     * @return whether this reader should load it
     * @throws IOException if it cannot be read
     */
    boolean recognises(ModelSource source) throws IOException;

    /**
     * What a file is that no reader recognises, if this one knows, and what to do with it.
     *
     * @param source only its name and its first bytes are looked at
     * @return the rest of a sentence that begins with the file's name; empty if this reader does not know either
     */
    default Optional<String> explains(ModelSource source) {
        Arguments.required(source, "ModelReader.explains", "source", "what ModelSource.of gives");
        return Optional.empty();
    }

    /**
     * Reads a model.
     *
     * @param source that this reader recognises
     * @return to be closed
     * @throws IOException one sentence that says what is wrong with it
     */
    Model load(ModelSource source) throws IOException;

    /**
     * The reader of a model.
     *
     * @param source a file or a stream
     * @return the first that recognises it
     * @throws NullPointerException if the source is null
     * @throws IOException          if none knows it: says what it is, if that can be told, and what to do
     */
    static ModelReader of(ModelSource source) throws IOException {
        Arguments.required(source, "ModelReader.of", "source", "what ModelSource.of gives");
        return ModelFormats.reader(source);
    }
}
