package dev.gatun.formats.weights;

import dev.gatun.layers.model.Model;
import dev.gatun.layers.model.ModelSource;
import java.io.IOException;
import java.util.function.UnaryOperator;

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
     * @param source  that this reader recognises
     * @param model   that the weights are for: where a file does not say how its arrays are meant, the layers of that name do
     * @param inModel what the model calls a name of the file, for example {@code encoder/} for {@code lstm_1/}
     * @return to be closed; names are those of the file, with the weights of a layer called as Gatun calls them
     * @throws IOException one sentence that says what is wrong with it
     */
    WeightSource open(ModelSource source, Model model, UnaryOperator<String> inModel) throws IOException;
}
