package dev.gatun.formats.weights;

import java.util.ArrayList;
import java.util.List;

/**
 * Which names of a file are for which of a model.
 *
 * @param renamings one after the other
 * @param only      how the model's names begin that are asked for; empty for all
 */
record WeightNames(List<Renaming> renamings, List<String> only) {

    static final WeightNames ALL = new WeightNames(List.of(), List.of());

    /** Another beginning for names. */
    record Renaming(String from, String to) {
        String of(String name) {
            return name.startsWith(from) ? to + name.substring(from.length()) : name;
        }
    }

    WeightNames rename(String from, String to) {
        List<Renaming> more = new ArrayList<>(renamings);
        more.add(new Renaming(from, to));
        return new WeightNames(List.copyOf(more), only);
    }

    WeightNames only(List<String> beginnings) {
        return new WeightNames(renamings, List.copyOf(beginnings));
    }

    /** What the model calls a name of the file. */
    String inModel(String name) {
        String renamed = name;
        for (Renaming renaming : renamings) {
            renamed = renaming.of(renamed);
        }
        return renamed;
    }

    boolean asksFor(String inModel) {
        return only.isEmpty() || only.stream().anyMatch(inModel::startsWith);
    }
}
