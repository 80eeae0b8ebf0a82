package dev.gatun.cli.inspect;

import dev.gatun.formats.Imported;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.weights.NamedWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What Gatun does with a file.
 *
 * @param kind  what it is here
 * @param words a sentence
 * @param read  the model, if it is read as one; else null
 */
public record Verdict(Kind kind, String words, Imported read) implements AutoCloseable {

    /** What a file can be. */
    public enum Kind {
        MODEL, WEIGHTS, DATA, REFUSED;

        /** In small letters. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param contents what the file holds; null if that is unknown
     * @throws IOException if the file cannot be opened
     */
    public static Verdict of(Path file, Contents contents) throws IOException {
        try {
            Imported imported = Imported.read(file);
            return new Verdict(Kind.MODEL, "read as a model, from " + imported.report().source(), imported);
        } catch (IOException refused) {
            return without(file, contents, refused.getMessage());
        }
    }

    private static Verdict without(Path file, Contents contents, String why) throws IOException {
        boolean isSound = contents != null && contents.problem().isEmpty();
        if (isSound && isData(contents.format())) {
            return new Verdict(Kind.DATA, data(contents.format()), null);
        }
        if (isSound && !contents.arrays().isEmpty() && NamedWeights.recognises(file)) {
            return new Verdict(Kind.WEIGHTS, "weights without a model: 'gatun convert " + file
                    + " OUT --into MODEL' loads them by name into a model you have (" + why + ")", null);
        }
        return new Verdict(Kind.REFUSED, "refused: " + why, null);
    }

    private static boolean isData(String format) {
        return format.startsWith("NumPy") || format.startsWith("table");
    }

    private static String data(String format) {
        return format.startsWith("table")
                ? "a table: 'gatun train FILE --target COLUMN' learns from it, 'gatun predict MODEL --input FILE' runs a"
                        + " model on it"
                : format.endsWith("(.npz)")
                        ? "data: take each array out with numpy.save; .npy files are inputs of 'gatun predict'"
                        : "data: 'gatun predict MODEL --input FILE' runs a model on it";
    }

    @Override
    public void close() {
        if (read != null) {
            read.close();
        }
    }
}
