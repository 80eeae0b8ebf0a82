package dev.gatun.cli.verify;

import dev.gatun.cli.console.Refusal;
import dev.gatun.cli.tensors.ModelShape;
import dev.gatun.cli.tensors.PlaceNames;
import dev.gatun.memory.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Inputs, and the outputs that belong to them, call after call; more than one call only for a model that keeps states.
 *
 * @param calls in their order
 */
public record Reference(List<Call> calls) {

    /**
     * One call of the model.
     *
     * @param inputs  in the model's order
     * @param outputs in the model's order
     * @param isReset whether the states begin at zeros again before it
     */
    public record Call(List<Tensor> inputs, List<Expected> outputs, boolean isReset) {}

    /** Names that are inputs or outputs and nothing else, so that none may be left over. */
    private static final Pattern PLACES = Pattern.compile("x\\d+|y\\d+|in_.+|out_.+");

    /**
     * Reads what a model needs.
     *
     * @param keepsStates whether there may be several calls: the inputs of the second follow those of the first, and so do the
     *                    outputs; of one call more than there are inputs the outputs are those of the first again, after a reset
     * @throws Refusal     if the file lacks an input or an output, or has one that the model has not
     * @throws IOException if it cannot be read
     */
    public static Reference read(Path file, ModelShape model, List<String> outputNames, boolean keepsStates)
            throws IOException {
        try (ReferenceFile reference = ReferenceFile.open(file)) {
            Reading reading = new Reading(file, reference, model, outputNames);
            List<Call> calls = new ArrayList<>(List.of(reading.call(0)));
            while (keepsStates && reading.hasInput(calls.size() * model.inputNames().size())) {
                calls.add(reading.call(calls.size()));
            }
            if (calls.size() > 1 && reading.hasOutput(calls.size() * outputNames.size())) {
                calls.add(new Call(calls.getFirst().inputs(), reading.outputs(calls.size()), true));
            }
            reading.requireNothingLeft();
            return new Reference(calls);
        }
    }

    /** What is found on the way. */
    private record Reading(
            Path file, ReferenceFile reference, ModelShape model, List<String> outputNames, Set<String> used) {

        Reading(Path file, ReferenceFile reference, ModelShape model, List<String> outputNames) {
            this(file, reference, model, outputNames, new HashSet<>());
        }

        boolean hasInput(int index) {
            return PlaceNames.first(PlaceNames.ofInput(index, model.inputNames()), reference.names()).isPresent();
        }

        boolean hasOutput(int index) {
            return PlaceNames.first(PlaceNames.ofOutput(index, outputNames), reference.names()).isPresent();
        }

        Call call(int call) throws IOException {
            List<Tensor> inputs = new ArrayList<>();
            int count = model.inputNames().size();
            for (int i = 0; i < count; i++) {
                String found = found("input", model.inputNames().get(i), call,
                        PlaceNames.ofInput(call * count + i, model.inputNames()));
                inputs.add(reference.input(found, model.whole().get(i)));
            }
            return new Call(inputs, outputs(call), false);
        }

        List<Expected> outputs(int call) throws IOException {
            List<Expected> outputs = new ArrayList<>();
            int count = outputNames.size();
            for (int i = 0; i < count; i++) {
                outputs.add(reference.output(found("output", outputNames.get(i), call,
                        PlaceNames.ofOutput(call * count + i, outputNames))));
            }
            return outputs;
        }

        private String found(String what, String name, int call, List<String> candidates) {
            String found = PlaceNames.first(candidates, reference.names()).orElseThrow(() -> new Refusal(
                    file + ": " + what + " '" + name + "' of the model is missing"
                            + (call == 0 ? "" : " in call " + (call + 1)) + "; expected a tensor named "
                            + String.join(" or ", candidates) + ", got " + reference.names()));
            used.add(found);
            return found;
        }

        void requireNothingLeft() {
            Set<String> left = new HashSet<>(reference.names());
            left.removeIf(name -> !PLACES.matcher(name).matches());
            left.removeAll(used);
            if (!left.isEmpty()) {
                throw new Refusal(file + " has " + left.stream().sorted().toList()
                        + ", which the model has no place for: it has the inputs " + model.inputNames()
                        + " and the outputs " + outputNames + "; give a reference that was made for it");
            }
        }
    }
}
