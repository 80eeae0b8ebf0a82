package dev.gatun.formats.weights;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What became of the weights of a file.
 *
 * @param source  what the file is
 * @param loaded  in the model's order
 * @param missing weights of the model that the file has not; they are as they were
 * @param left    names of the file, as written there, that the model has no place for
 */
public record LoadedWeights(String source, List<Loaded> loaded, List<String> missing, List<String> left) {

    /**
     * A weight that was set.
     *
     * @param weight its name in the model
     * @param from   its name in the file
     * @param shape  of both
     */
    public record Loaded(String weight, String from, Shape shape) {
        /**
         * Checks that nothing is missing.
         *
         * @throws NullPointerException if an argument is null
         */
        public Loaded {
            Arguments.required(weight, "LoadedWeights.Loaded", "weight", "the name of a weight");
            Arguments.required(from, "LoadedWeights.Loaded", "from", "a name in the file");
            Arguments.required(shape, "LoadedWeights.Loaded", "shape", "for example Shape.of(2, 3)");
        }
    }

    /**
     * Checks that nothing is missing, and copies the lists.
     *
     * @throws NullPointerException if an argument or an element is null
     */
    public LoadedWeights {
        Arguments.required(source, "LoadedWeights", "source", "what the file is");
        loaded = Arguments.copy(loaded, "LoadedWeights", "loaded", "weights that were set, none is fine");
        missing = Arguments.copy(missing, "LoadedWeights", "missing", "names, none is fine");
        left = Arguments.copy(left, "LoadedWeights", "left", "names, none is fine");
    }

    /** A line for each weight and each name that is left over. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(source).append('\n');
        for (Loaded one : loaded) {
            text.append("  ").append(one.weight()).append(' ').append(one.shape());
            text.append(one.from().equals(one.weight()) ? "" : " <- " + one.from()).append('\n');
        }
        missing.forEach(name -> text.append("  missing: ").append(name).append('\n'));
        left.forEach(name -> text.append("  left over: ").append(name).append('\n'));
        return text.toString();
    }
}
