package dev.gatun.formats.tensors;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.MappedFile;
import dev.gatun.memory.check.Arguments;
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
     * promises is known to lie inside the file.
     *
     * @throws FormatException for any file that is not a sound safetensors file, with a {@link SafetensorsProblem}
     */
    public static SafetensorsFile read(Path file) throws FormatException {
        Arguments.required(file, "Safetensors.read", "file", "a file");
        MappedFile mapped = Mapping.open(file, SafetensorsProblem.UNREADABLE);
        try {
            SafetensorsHeader header = Mapping.guard(
                    file,
                    SafetensorsProblem.CHANGED_WHILE_OPEN,
                    () -> SafetensorsHeader.read(file, mapped.segment()));
            return new SafetensorsFile(mapped, header);
        } catch (FormatException | RuntimeException | Error failed) {
            mapped.close();
            throw failed;
        }
    }
}
