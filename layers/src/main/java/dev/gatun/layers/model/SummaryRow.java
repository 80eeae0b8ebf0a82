package dev.gatun.layers.model;

import dev.gatun.memory.Shape;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What {@link SummaryTable} says about one layer.
 *
 * @param name the layer's name
 * @param type the layer's class as Keras calls it, {@code "LSTM"}
 * @param outputShapes one shape for each output; none if the layer has not been called yet, printed {@code ?}
 * @param parameters how many weights the layer holds, or {@link #UNBUILT}
 * @param connectedTo the tensors it reads, {@code "lstm[0][1]"} for layer, call and output; none for an input. Read only
 *     for a graph that is not a plain chain.
 */
public record SummaryRow(String name, String type, List<Shape> outputShapes, long parameters,
        List<String> connectedTo) {

    /** The count of a layer whose weights do not exist yet. */
    public static final long UNBUILT = -1;

    /**
     * Copies the lists and refuses what is missing.
     *
     * @throws NullPointerException naming what is missing
     */
    public SummaryRow {
        Arguments.required(name, "SummaryRow", "name", "a name");
        Arguments.required(type, "SummaryRow", "type", "the class of the layer");
        outputShapes = Arguments.copy(outputShapes, "SummaryRow", "outputShapes", "shapes");
        connectedTo = Arguments.copy(connectedTo, "SummaryRow", "connectedTo", "names, none for an input");
    }
}
