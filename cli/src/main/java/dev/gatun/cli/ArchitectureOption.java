package dev.gatun.cli;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.console.WrongCall;
import dev.gatun.cli.model.RunnableModel;
import dev.gatun.formats.Imported;
import dev.gatun.formats.torch.TorchArchitecture;
import dev.gatun.formats.torch.TorchFormat;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says what a state dict of PyTorch does not: which of its modules run in which order. */
final class ArchitectureOption {

    private static final String NAME = "--architecture";

    /** More than a tree of 300 modules takes. */
    private static final long MOST_BYTES = 1 << 20;

    @Option(names = NAME, paramLabel = "FILE|WORDS", description = "Of a state dict of PyTorch: what runs in which order. A file of JSON, or words: "
            + "\"emb lstm last fc softmax\".")
    private String architecture;

    boolean isGiven() {
        return architecture != null;
    }

    /**
     * What runs a model file: a state dict as was said, any other file if nothing was said.
     *
     * @param threads that compute
     * @throws IOException if nobody can run the file, or the architecture does not go with it
     * @throws Refusal     if an architecture was given and the file is no state dict
     * @throws WrongCall   if the architecture is not understood
     */
    RunnableModel open(Path in, int threads) throws IOException {
        if (!isGiven()) {
            return RunnableModel.open(in, threads);
        }
        Imported read = read(in);
        read.model().threads(threads);
        return RunnableModel.of(read);
    }

    /**
     * The model of a state dict.
     *
     * @throws IOException if it cannot be read, or the architecture does not go with it
     * @throws Refusal     if it is no state dict
     * @throws WrongCall   if the architecture is not understood
     */
    Imported read(Path in) throws IOException {
        TorchArchitecture given = given();
        try (ModelSource source = ModelSource.of(in)) {
            if (!new TorchFormat().recognises(source)) {
                throw new Refusal(NAME + " is for state dicts of PyTorch, and " + in + " is none; leave it out");
            }
        }
        return TorchFormat.of(in, given);
    }

    private TorchArchitecture given() throws IOException {
        String text = architecture.strip();
        try {
            if (text.startsWith("{")) {
                return TorchArchitecture.of(text);
            }
            Path file = file(text);
            return file == null
                    ? TorchArchitecture.forward(text.split("[\\s,]+"))
                    : TorchArchitecture.of(content(file));
        } catch (IllegalArgumentException notUnderstood) {
            throw new WrongCall(NAME + " " + text + ": " + notUnderstood.getMessage());
        }
    }

    /** A name that ends as one of JSON is a file, whether it is there or not. */
    private static Path file(String text) {
        try {
            Path file = Path.of(text);
            return text.endsWith(".json") || Files.isRegularFile(file) ? file : null;
        } catch (InvalidPathException words) {
            return null;
        }
    }

    private static String content(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new Refusal(NAME + " " + file + " has " + Files.size(file) + " bytes; an architecture has at most "
                    + MOST_BYTES);
        }
        return Files.readString(file);
    }
}
