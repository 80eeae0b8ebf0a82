package dev.gatun.formats.build;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.ImportReport;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Weight;
import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.Model;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers for a model's weights, by their names in the model, each with the place where a file has it. */
public final class GatheredWeights {

    private record Found(Tensor numbers, String place) {}

    private final String file;
    private final Map<String, Found> found = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param file what messages call the file
     */
    public GatheredWeights(String file) {
        this.file = file;
    }

    /**
     * Adds the numbers of one weight.
     *
     * @param weight layer and weight, with a slash between
     * @param place  where the file has it
     * @param values row-major
     * @param dims   the shape the weight has in a model
     */
    public void put(String weight, String place, float[] values, long... dims) {
        found.put(weight, new Found(Tensor.of(values, dims), place));
    }

    /**
     * Makes the model.
     *
     * @param graph whose weights are all here
     * @return to be closed
     * @throws FormatException if a weight has another shape or is missing
     */
    public Model model(Graph graph) throws FormatException {
        Model model = Model.zeros(graph);
        try {
            for (Weight weight : model.weights()) {
                weight.set(numbers(weight.name(), weight.shape()));
            }
            return model;
        } catch (FormatException | RuntimeException | Error failed) {
            model.close();
            throw failed;
        }
    }

    private Tensor numbers(String weight, Shape shape) throws FormatException {
        Found numbers = found.get(weight);
        if (numbers == null) {
            throw new FormatException(file, "has no numbers for the weight " + FormatException.quote(weight)
                    + " of shape " + shape + "; write it again");
        }
        if (!numbers.numbers.shape().equals(shape)) {
            throw new FormatException(file, numbers.place + " has shape " + numbers.numbers.shape()
                    + ", expected " + shape + " for the weight " + FormatException.quote(weight));
        }
        return numbers.numbers;
    }

    /**
     * What became of each layer.
     *
     * @param graph of the model
     * @return a line for each weight
     */
    public List<ImportReport.Mapped> mapped(Graph graph) {
        List<ImportReport.Mapped> mapped = new ArrayList<>();
        for (Graph.NamedLayer named : graph.layers()) {
            mapped.add(mapped(named.name(), named.layer()));
        }
        return mapped;
    }

    private ImportReport.Mapped mapped(String name, Layer layer) {
        List<String> lines = new ArrayList<>();
        found.forEach((weight, numbers) -> {
            if (weight.startsWith(name + "/")) {
                lines.add(weight.substring(name.length() + 1) + " " + numbers.numbers.shape() + " <- " + numbers.place);
            }
        });
        return new ImportReport.Mapped(name, layer.kind(), lines);
    }
}
