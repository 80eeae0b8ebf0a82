package dev.gatun.formats.keras;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.ModelSource;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The parts of a model that Keras 3 saved: entries of a zip archive, or files of a folder ({@code zipped=False}). */
sealed interface KerasEntries extends AutoCloseable permits KerasArchive, KerasFolder {

    /** The most of one entry: it is read into one array. */
    long MOST_BYTES = Integer.MAX_VALUE - 16;

    /** @throws FormatException if there is no such archive or folder, or it is no archive */
    static KerasEntries open(ModelSource source) throws FormatException {
        return source.isFolder() ? KerasFolder.open(source) : KerasArchive.open(source);
    }

    /** What messages call the model's file. */
    String file();

    /** Whether there is an entry of a path. */
    boolean has(String entry);

    /** @throws FormatException if there is no such entry, it is too large, or it is damaged */
    byte[] bytes(String entry, long mostBytes) throws FormatException;

    /** @throws FormatException as {@link #bytes}, or if it is no UTF-8 */
    default String text(String entry, long mostBytes) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(entry, mostBytes))).toString();
        } catch (CharacterCodingException malformed) {
            throw new FormatException(file(), "its " + entry + " is not UTF-8 text; save the model again")
                    .because(malformed);
        }
    }

    /** An entry that is not there. */
    default FormatException missing(String entry) {
        return new FormatException(file(), "has no " + entry + ", so it is not a model saved by Keras 3; save it with"
                + " model.save(\"name.keras\")");
    }

    /** An entry that is larger than it may be. */
    default FormatException tooLarge(String entry, long bytes, long most) {
        return new FormatException(file(), "its " + entry + " has " + bytes + " bytes or more, expected at most " + most
                + (entry.equals(KerasWeights.ENTRY)
                        ? " for such a model; save it again without its optimizer"
                        : "; save the model again, or a smaller one"));
    }

    @Override
    void close() throws FormatException;
}
