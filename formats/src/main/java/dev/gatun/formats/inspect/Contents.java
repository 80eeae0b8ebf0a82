package dev.gatun.formats.inspect;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file holds.
 *
 * @param format   what kind of file it is
 * @param writer   who wrote it, as far as it says; may be empty
 * @param arrays   numbers with a name; at most {@link #MOST}
 * @param metadata what else it says, by name
 * @param problem  what could not be read of it, as a sentence; empty if nothing is wrong
 */
public record Contents(
        String format, String writer, List<StoredArray> arrays, Map<String, String> metadata, String problem) {

    /** More are counted, not listed. */
    static final int MOST = 100_000;

    /** A kind of file. */
    interface Kind {

        /** @param start its first bytes */
        boolean matches(ModelSource source, byte[] start);

        /** @throws IOException if it is damaged or cannot be read */
        Contents of(Path file) throws IOException;
    }

    private static final List<Kind> KINDS = List.of(new SafetensorsContents(), new ZipContents(), new Hdf5Contents(),
            new NpyContents(), new OnnxContents(), new JsonContents());

    /** What is known of a file before anything of it was read. */
    static Contents of(String format) {
        return new Contents(format, "", new ArrayList<>(), new LinkedHashMap<>(), "");
    }

    Contents by(String newWriter) {
        return new Contents(format, newWriter, arrays, metadata, problem);
    }

    Contents but(String newProblem) {
        return new Contents(format, writer, arrays, metadata, newProblem);
    }

    /**
     * Looks at a file, as far as it can be read.
     *
     * @return empty if its content is of no kind that is looked into
     * @throws IOException if it cannot be opened
     */
    public static Optional<Contents> of(Path file) throws IOException {
        Kind kind;
        try (ModelSource source = ModelSource.of(file)) {
            byte[] start = source.start();
            kind = source.isFolder()
                    ? null
                    : KINDS.stream().filter(each -> each.matches(source, start)).findFirst()
                            .orElse(null);
        }
        if (kind == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(kind.of(file));
        } catch (FormatException damaged) {
            return Optional.of(of(kind.toString()).but(damaged.getMessage()));
        }
    }

    /** Whether bytes begin with others. */
    static boolean begins(byte[] start, int... magic) {
        if (start.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
