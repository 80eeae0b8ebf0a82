package dev.gatun.formats.weights;

import dev.gatun.formats.FormatException;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Weights that have been read already, for kinds of files that are not read piece by piece.
 *
 * @param name    what messages call the file
 * @param tensors by name, in the file's order, as Gatun lays them out
 */
public record ReadWeights(String name, Map<String, Tensor> tensors) implements WeightSource {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException if the name, the map or something in it is null
     */
    public ReadWeights {
        Arguments.required(name, "ReadWeights", "name", "what messages call the file");
        tensors = new LinkedHashMap<>(Arguments.all(tensors, "ReadWeights", "tensors", "tensors by name"));
    }

    @Override
    public SequencedMap<String, Shape> shapes() {
        SequencedMap<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((weight, tensor) -> shapes.put(weight, tensor.shape()));
        return shapes;
    }

    @Override
    public void copyTo(String weight, Tensor target) {
        Arguments.required(weight, "ReadWeights.copyTo", "weight", "one of the names of shapes()");
        Arguments.required(target, "ReadWeights.copyTo", "target", "a tensor to write");
        Tensor tensor = tensors.get(weight);
        if (tensor == null) {
            throw new IllegalArgumentException("ReadWeights.copyTo: there is no weight '" + weight + "'; there are "
                    + tensors.keySet());
        }
        tensor.copyTo(target);
    }

    /**
     * Sets those weights of a model that are here under their names, all of them or, if a shape is another, none.
     *
     * @param model open, and used by no other thread
     * @return what was set, what the model has more, and what is here more
     * @throws FormatException       if a weight has another shape here
     * @throws IllegalStateException if another thread uses the model, or it is closed
     */
    public LoadedWeights into(Model model) throws FormatException {
        Arguments.required(model, "ReadWeights.into", "model", "an open model");
        WeightMatch match = WeightMatch.of(this, WeightNames.ALL, model);
        match.set(this, model);
        return match.loaded();
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
