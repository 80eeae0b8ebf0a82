package dev.gatun.cli.tensors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an input or an output of a model may be called in a file: by its name, or by its place, counted from 0. */
public final class PlaceNames {

    private PlaceNames() {}

    /**
     * The names of one input, the first of which that is there is meant.
     *
     * @param index its place among all that the file may have
     * @param names of the model's inputs
     * @return by place alone if the index is beyond the model's inputs
     */
    public static List<String> ofInput(int index, List<String> names) {
        List<String> all = of("x", "in_", "", index, names);
        all.add("arr_" + index); // As numpy.savez calls what nobody named.
        return all;
    }

    /**
     * The names of one output, the first of which that is there is meant.
     *
     * @param index its place among all that the file may have
     * @param names of the model's outputs
     * @return by place alone if the index is beyond the model's outputs
     */
    public static List<String> ofOutput(int index, List<String> names) {
        return of("y", "out_", "y/", index, names);
    }

    private static List<String> of(String letter, String word, String path, int index, List<String> names) {
        List<String> all = new ArrayList<>();
        if (index < names.size()) {
            all.add(word + names.get(index));
        }
        all.add(letter + index);
        all.add(word + index);
        if (names.size() == 1 && index == 0) {
            all.add(letter);
        }
        if (index < names.size()) {
            all.add(path + names.get(index));
        }
        return all;
    }

    /** The first of several names that is there. */
    public static Optional<String> first(List<String> candidates, Set<String> there) {
        return candidates.stream().filter(there::contains).findFirst();
    }
}
