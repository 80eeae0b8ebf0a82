package dev.gatun.formats.weights;

import static dev.gatun.formats.FormatException.quote;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.Weight;
import dev.gatun.layers.model.Model;
import dev.gatun.layers.runtime.SingleUser;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of a file beside the weights of a model; shapes agree. */
record WeightMatch(LoadedWeights loaded) {

    private static final int MOST_NAMED = 6;

    /** @throws FormatException if two names are for one weight, or a shape is another */
    static WeightMatch of(WeightSource source, WeightNames names, Model model) throws FormatException {
        Map<String, String> inFile = new LinkedHashMap<>();
        for (String name : source.shapes().keySet()) {
            String inModel = names.inModel(name);
            String other = inFile.putIfAbsent(inModel, name);
            if (other != null && names.asksFor(inModel)) {
                throw new FormatException(source.name(), quote(other) + " and " + quote(name) + " are both for "
                        + quote(inModel) + "; rename one of them otherwise");
            }
        }
        List<LoadedWeights.Loaded> loaded = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Weight weight : model.weights()) {
            if (!names.asksFor(weight.name())) {
                inFile.remove(weight.name());
                continue;
            }
            String name = inFile.remove(weight.name());
            if (name == null) {
                missing.add(weight.name());
                continue;
            }
            requireShape(source, name, weight);
            loaded.add(new LoadedWeights.Loaded(weight.name(), name, weight.shape()));
        }
        List<String> left = inFile.entrySet().stream().filter(entry -> names.asksFor(entry.getKey()))
                .map(Map.Entry::getValue).toList();
        return new WeightMatch(new LoadedWeights(source.name(), loaded, missing, left));
    }

    private static void requireShape(WeightSource source, String name, Weight weight) throws FormatException {
        Shape shape = source.shapes().get(name);
        if (!shape.equals(weight.shape())) {
            throw new FormatException(source.name(), quote(name) + " has shape " + shape + ", but weight "
                    + quote(weight.name()) + " of the model has " + weight.shape()
                    + "; build the layer as the file has it, or choose with only(...) which weights are loaded");
        }
    }

    /** @throws FormatException if nothing matches, or, unless lenient, something does not */
    void require(String model, boolean lenient) throws FormatException {
        boolean isWhole = loaded.missing().isEmpty() && loaded.left().isEmpty();
        if (loaded.loaded().isEmpty() ? isWhole : isWhole || lenient) {
            return;
        }
        List<String> wrong = new ArrayList<>();
        if (!loaded.missing().isEmpty()) {
            wrong.add("has nothing for " + some(loaded.missing()) + " of model " + quote(model));
        }
        if (!loaded.left().isEmpty()) {
            wrong.add("has " + some(loaded.left()) + ", which the model has no place for");
        }
        throw new FormatException(loaded.source(), String.join(" and ", wrong) + "; give names with rename(from, to)"
                + (loaded.loaded().isEmpty() ? "" : ", or take what fits with lenient()"));
    }

    private static String some(List<String> names) {
        return names.stream().limit(MOST_NAMED).map(FormatException::quote).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMED ? ", ... (" + names.size() + ")" : "");
    }

    /** All numbers are read before the first weight changes; between the first and the last nobody else uses the model. */
    void set(WeightSource source, Model model) throws FormatException {
        try (TensorArena arena = TensorArena.open("weights of " + source.name())) {
            List<Tensor> values = new ArrayList<>();
            for (LoadedWeights.Loaded one : loaded.loaded()) {
                MemorySegment memory = arena.allocate(one.shape().floatBytes(), "weights");
                Tensor tensor = new Tensor(memory, 0, one.shape());
                source.copyTo(one.from(), tensor);
                values.add(tensor);
            }
            try (SingleUser.Use use = model.network().use("load weights into it")) {
                for (int i = 0; i < values.size(); i++) {
                    model.weight(loaded.loaded().get(i).weight()).set(values.get(i));
                }
            }
        }
    }
}
