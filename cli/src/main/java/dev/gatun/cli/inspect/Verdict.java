package dev.gatun.cli.inspect;

import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.inspect.Contents;
import dev.gatun.formats.inspect.StoredArray;
import dev.gatun.formats.weights.NamedWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What Gatun does with a file.
 *
 * @param kind  what it is here
 * @param words a sentence
 * @param model that it is read as; null if it is none
 */
public record Verdict(Kind kind, String words, RunnableModel model) implements AutoCloseable {

    /** What a file can be. */
    public enum Kind {
        MODEL, GRAPH, WEIGHTS, DATA, REFUSED;

        /** In small letters. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the file as a model. */
    @FunctionalInterface
    public interface Reading {

        /** @throws IOException why it is none */
        RunnableModel open() throws IOException;
    }

    /**
     * @param contents what the file holds; null if that is unknown
     * @param reading  of the file as a model
     * @throws IOException if the file cannot be opened
     */
    public static Verdict of(Path file, Contents contents, Reading reading) throws IOException {
        if (Files.isRegularFile(file) && Files.size(file) == 0) {
            return refused("the file is empty; copy or download it again");
        }
        RunnableModel model;
        try {
            model = reading.open();
        } catch (IOException refused) {
            return without(file, contents, refused.getMessage());
        }
        return model.imported()
                .map(read -> new Verdict(Kind.MODEL, "read as a model, from " + read.report().source(), model))
                .orElseGet(() -> new Verdict(Kind.GRAPH,
                        "runs node after node: 'gatun predict' and 'gatun verify' take it; it"
                                + " has no layers that could be trained, converted or stepped through",
                        model));
    }

    private static Verdict without(Path file, Contents contents, String why) throws IOException {
        boolean isSound = contents != null && contents.problem().isEmpty();
        if (isSound && isReference(contents)) {
            return new Verdict(Kind.DATA, "a reference: 'gatun verify MODEL --against " + file
                    + "' compares what a model gives with it", null);
        }
        if (isSound && isData(contents)) {
            return new Verdict(Kind.DATA, data(contents), null);
        }
        if (isSound && !contents.arrays().isEmpty() && NamedWeights.recognises(file)) {
            return new Verdict(Kind.WEIGHTS, "weights without a model: 'gatun convert " + file
                    + " OUT --into MODEL' loads them by name into a model you have"
                    + (isPlainSafetensors(contents)
                            ? "; or tensors: 'gatun predict MODEL --input " + file
                                    + "' takes those that are called as its inputs"
                            : " (" + why + ")"),
                    null);
        }
        return refused(why);
    }

    private static Verdict refused(String why) {
        return new Verdict(Kind.REFUSED, "refused: " + why, null);
    }

    /** With nothing in it that says who wrote it; then why it is no model is no news. */
    private static boolean isPlainSafetensors(Contents contents) {
        return contents.format().equals("safetensors") && contents.writer().isEmpty();
    }

    /** Whether there are inputs and outputs by the names that they have in references. */
    private static boolean isReference(Contents contents) {
        List<String> names = contents.arrays().stream().map(StoredArray::name).toList();
        return names.stream().anyMatch(name -> name.matches("x\\d+|in_.+"))
                && names.stream().anyMatch(name -> name.matches("y\\d+|out_.+"));
    }

    private static boolean isData(Contents contents) {
        return contents.format().startsWith("NumPy") || TableContents.isTable(contents);
    }

    private static String data(Contents contents) {
        if (!TableContents.isTable(contents)) {
            return "data: 'gatun predict MODEL --input FILE' runs a model on it";
        }
        return contents.arrays().stream().anyMatch(column -> column.type().equals(TableContents.NUMBERS))
                ? "a table: 'gatun train FILE --target COLUMN' learns from it, 'gatun predict MODEL --input FILE' runs a"
                        + " model on it"
                : "a table without a column of numbers, so there is nothing to learn from or to run a model on";
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
