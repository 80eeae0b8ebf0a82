package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.check.Arguments;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Files of named tensors: 8 bytes of header length, a JSON header, numbers. Source of the format: the README and
 * {@code tensor.rs} of github.com/huggingface/safetensors.
 */
public final class Safetensors {

    /** The reference reader's limit, in bytes. */
    public static final long LONGEST_HEADER = 100_000_000;

    /** NumPy's limit of axes; a hostile header could ask for millions. */
    static final int MOST_AXES = 64;

    /**
     * More tensors, or keys of metadata, than any model has: a header of 100 MB could hold millions, and each of them
     * costs some hundred bytes of heap. The reference has no such limit.
     */
    static final int MOST_ENTRIES = 1 << 18;

    private Safetensors() {}

    /**
     * Maps a file and checks all of its header. Nothing is allocated on the word of the header alone: each tensor it
     * promises is known to lie inside the file. A file that is not of the machine's own file system is read into memory.
     *
     * @param file of any file system
     * @return to be closed
     * @throws NullPointerException if the file is null
     * @throws FormatException      for any file that is not a sound safetensors file, with a {@link SafetensorsProblem}
     */
    public static SafetensorsFile read(Path file) throws FormatException {
        Arguments.required(file, "Safetensors.read", "file", "the path of a file");
        return read(FileBytes.of(file, SafetensorsProblem.UNREADABLE));
    }

    /**
     * As {@link #read(Path)}, from a stream that holds one such file and nothing else.
     *
     * @param name what messages call it
     * @param in   read to its end, and left open
     * @return to be closed
     * @throws NullPointerException if an argument is null; a resource that is not there gives such a stream
     * @throws FormatException      if it is not a sound safetensors file, with a {@link SafetensorsProblem}
     */
    public static SafetensorsFile read(String name, InputStream in) throws FormatException {
        Arguments.required(name, "Safetensors.read", "name", "what messages call the stream");
        Arguments.required(in, "Safetensors.read", "in", "an open stream; if it is a resource, check its name");
        return read(FileBytes.of(name, in, SafetensorsProblem.UNREADABLE));
    }

    private static SafetensorsFile read(FileBytes bytes) throws FormatException {
        try {
            return new SafetensorsFile(bytes, SafetensorsHeader.read(bytes.name(), bytes.segment()));
        } catch (InternalError fault) {
            bytes.close();
            throw FileBytes.shortened(bytes.name(), SafetensorsProblem.CHANGED_WHILE_OPEN, fault);
        } catch (FormatException | RuntimeException | Error failed) {
            bytes.close();
            throw failed;
        }
    }
}
