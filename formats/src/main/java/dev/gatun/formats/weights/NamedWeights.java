package dev.gatun.formats.weights;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a file for a model of the user's own, matched by name: those of any file that is read as a model, and of files
 * that hold named tensors alone. Immutable; each option gives another one.
 *
 * <pre>{@code
 * LoadedWeights loaded = NamedWeights.of(Path.of("pretrained.keras")).only("encoder/").rename("lstm_1/", "encoder/").into(model);
 * }</pre>
 */
public final class NamedWeights {

    private final Path path;
    private final WeightNames names;
    private final boolean lenient;

    private NamedWeights(Path path, WeightNames names, boolean lenient) {
        this.path = path;
        this.names = names;
        this.lenient = lenient;
    }

    /**
     * The weights of a file. Nothing is read before {@link #into}.
     *
     * @param path of a model file of any kind that is read, or of a file of named tensors; its content decides, not its name
     * @return all of its weights, under their own names, strictly
     */
    public static NamedWeights of(Path path) {
        Arguments.required(path, "NamedWeights.of", "path", "the path of a file with weights");
        return new NamedWeights(path, WeightNames.ALL, false);
    }

    /**
     * Whether a file holds weights by name, be it without a model.
     *
     * @param path of a file; its content decides, not its name
     * @return whether {@link #into} would open it as such; whole models of other kinds are opened, too, and not meant here
     * @throws IOException if it cannot be read
     */
    public static boolean recognises(Path path) throws IOException {
        Arguments.required(path, "NamedWeights.recognises", "path", "the path of a file");
        try (ModelSource source = ModelSource.of(path)) {
            return WeightReaders.recognises(source);
        }
    }

    /**
     * Gives names of the file that begin with one text another beginning. Of several renamings each goes over what those before
     * it made.
     *
     * @param from how names begin, for example {@code lstm_1/}; an empty text fits every name
     * @param to   how they begin instead, for example {@code encoder/}
     * @return with this renaming behind those there are
     */
    public NamedWeights rename(String from, String to) {
        Arguments.required(from, "NamedWeights.rename", "from", "how names of the file begin, for example \"lstm_1/\"");
        Arguments.required(to, "NamedWeights.rename", "to", "how they are to begin, for example \"encoder/\"");
        return new NamedWeights(path, names.rename(from, to), lenient);
    }

    /**
     * Leaves all weights of the model as they are but those whose names begin so; what the file has for others is passed over.
     *
     * @param beginnings of names in the model, for example {@code encoder/}; at least one
     * @return for these weights alone
     * @throws IllegalArgumentException if there are none
     */
    public NamedWeights only(String... beginnings) {
        List<String> chosen = Arguments.all(beginnings, "NamedWeights.only", "beginnings", "how names begin");
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("NamedWeights.only: no beginnings are given; give how the names of the"
                    + " weights begin, for example \"encoder/\", or leave the call out for all of them");
        }
        return new NamedWeights(path, names.only(new ArrayList<>(chosen)), lenient);
    }

    /**
     * Takes what fits by name: weights that the file has not stay as they are, and names that the model has no place for are left
     * over; {@link LoadedWeights} says which. A weight of another shape is refused all the same.
     *
     * @return as this one, but lenient
     */
    public NamedWeights lenient() {
        return new NamedWeights(path, names, true);
    }

    /**
     * Sets the weights of a model, all that were found or, if anything is refused, none. The numbers are read and every shape is
     * compared before the first weight changes.
     *
     * @param model open, and used by no other thread
     * @return what was set, what was missing and what is left over
     * @throws IOException           if the file cannot be read, a weight has another shape there, two names of the file are for
     *                               one weight, none is for any, or, unless lenient, one is missing or left over
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public LoadedWeights into(Model model) throws IOException {
        Arguments.required(model, "NamedWeights.into", "model", "an open model");
        try (ModelSource source = ModelSource.of(path);
                WeightSource weights = WeightReaders.open(source, model.graph())) {
            WeightMatch match = WeightMatch.of(weights, names, model);
            match.require(model.name(), lenient);
            match.set(weights, model);
            return match.loaded();
        }
    }
}
