package dev.gatun.formats.weights;

import dev.gatun.layers.graph.Graph;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;

/**
 * Opens a kind of file that holds weights without a model. Found as a service. Files of named tensors (safetensors) and of
 * whole models need none.
 */
public interface WeightReader {

    /**
     * What people call the kind of file, for messages.
     *
     * @return a few words, without endings
     */
    String name();

    /**
     * Whether a file is of this kind.
     *
     * @param source its content decides, not its name
     * @return whether this reader should open it
     * @throws IOException if it cannot be read
     */
    boolean recognises(ModelSource source) throws IOException;

    /**
     * Opens a file.
     *
     * @param source that this reader recognises
     * @param graph  of the model that the weights are for: a file that counts layers without naming them is told by it
     * @return to be closed; names as the model has them, where the file says as much, else those of the file
     * @throws IOException one sentence that says what is wrong with it
     */
    WeightSource open(ModelSource source, Graph graph) throws IOException;
}
