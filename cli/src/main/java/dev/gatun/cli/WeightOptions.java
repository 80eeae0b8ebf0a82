package dev.gatun.cli;

import dev.gatun.cli.console.WrongCall;
import dev.gatun.formats.weights.LoadedWeights;
import dev.gatun.formats.weights.NamedWeights;
import dev.gatun.layers.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which weights go into a model of the user's. */
final class WeightOptions {

    @Option(names = "--into", paramLabel = "MODEL", description = "Load the weights of IN, by name, into the model of this file, and write that.")
    private Path into;

    @Option(names = "--rename", paramLabel = "FROM=TO", description = "With --into: names in IN that begin with FROM begin with TO in the model; several go one after the other.")
    private List<String> renamings = List.of();

    @Option(names = "--only", paramLabel = "BEGINNING", description = "With --into: only weights of the model whose names begin so; may be given several times.")
    private List<String> only = List.of();

    @Option(names = "--lenient", description = "With --into: take what fits by name; the rest is said, not refused.")
    private boolean lenient;

    /** The model's file; null if whole models are converted. */
    Path into() {
        return into;
    }

    /** @throws WrongCall if an option does not go with the others */
    void requireSound() {
        String first = !renamings.isEmpty() ? "--rename" : !only.isEmpty() ? "--only" : lenient ? "--lenient" : null;
        if (into == null && first != null) {
            throw new WrongCall(first + " is for weights that go into a model; give that with --into, or leave it out");
        }
        for (String renaming : renamings) {
            if (renaming.indexOf('=') < 0) {
                throw new WrongCall("--rename is FROM=TO, got '" + renaming
                        + "'; give for example --rename lstm_1/=encoder/");
            }
        }
    }

    /** @throws IOException if the file cannot be read, or its weights do not fit */
    LoadedWeights load(Path in, Model model) throws IOException {
        NamedWeights weights = NamedWeights.of(in);
        for (String renaming : renamings) {
            int equals = renaming.indexOf('=');
            weights = weights.rename(renaming.substring(0, equals), renaming.substring(equals + 1));
        }
        weights = only.isEmpty() ? weights : weights.only(only.toArray(String[]::new));
        return (lenient ? weights.lenient() : weights).into(model);
    }
}
