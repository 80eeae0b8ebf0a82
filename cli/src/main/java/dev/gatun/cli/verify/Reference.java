package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Inputs, and the outputs that belong to them.
 *
 * @param inputs  in the model's order
 * @param outputs in the model's order
 */
public record Reference(List<Tensor> inputs, List<Expected> outputs) {

    /** Names that are inputs or outputs and nothing else, so that none may be left over. */
    private static final Pattern PLACES = Pattern.compile("x\\d+|y\\d+|in_.+|out_.+");

    /**
     * Reads what a model needs.
     *
     * @throws Refusal     if the file lacks an input or an output, or has one that the model has not
     * @throws IOException if it cannot be read
     */
    public static Reference read(Path file, ModelShape model, List<String> outputNames) throws IOException {
        try (ReferenceFile reference = ReferenceFile.open(file)) {
            Set<String> left = new HashSet<>(reference.names());
            left.removeIf(name -> !PLACES.matcher(name).matches());
            List<Tensor> inputs = new ArrayList<>();
            for (int i = 0; i < model.inputNames().size(); i++) {
                String found = found(file, reference, "input", i, model.inputNames());
                left.remove(found);
                inputs.add(reference.input(found, model.whole().get(i)));
            }
            List<Expected> outputs = new ArrayList<>();
            for (int i = 0; i < outputNames.size(); i++) {
                String found = found(file, reference, "output", i, outputNames);
                left.remove(found);
                outputs.add(reference.output(found));
            }
            if (!left.isEmpty()) {
                throw new Refusal(file + " has " + left.stream().sorted().toList()
                        + ", which the model has no place for: it has the inputs " + model.inputNames()
                        + " and the outputs " + outputNames + "; give a reference that was made for it");
            }
            return new Reference(inputs, outputs);
        }
    }

    private static String found(Path file, ReferenceFile reference, String what, int index, List<String> names) {
        List<String> candidates = candidates(what.equals("input"), index, names);
        return candidates.stream().filter(reference.names()::contains).findFirst().orElseThrow(() -> new Refusal(
                file + ": " + what + " '" + names.get(index) + "' of the model is missing; expected a tensor named "
                        + String.join(" or ", candidates) + ", got " + reference.names()));
    }

    private static List<String> candidates(boolean isInput, int index, List<String> names) {
        String name = names.get(index);
        String letter = isInput ? "x" : "y";
        String word = isInput ? "in_" : "out_";
        List<String> candidates = new ArrayList<>(List.of(word + name, letter + index, word + index));
        if (names.size() == 1) {
            candidates.add(letter);
        }
        candidates.add(isInput ? name : "y/" + name);
        return candidates;
    }
}
