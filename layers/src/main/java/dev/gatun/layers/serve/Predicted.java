package dev.gatun.layers.serve;

import dev.gatun.memory.Tensor;
import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What a model made of sequences, and what its recurrent layers carry after the last step of them.
 *
 * @param outputs one tensor [N,...] for each output, in the order of the model's output names
 * @param states  of every recurrent layer, each [N,U], whether the layer returns its state or not
 */
public record Predicted(List<Tensor> outputs, LayerStates states) {

    /**
     * Keeps a copy of the list.
     *
     * @throws NullPointerException naming what is missing
     */
    public Predicted {
        outputs = Arguments.copy(outputs, "Predicted", "outputs", "a tensor for each output");
        Arguments.required(states, "Predicted", "states", "the states of the layers");
    }

    /**
     * The result of a model with one output.
     *
     * @return [N,...]
     * @throws IllegalStateException if the model has several
     */
    public Tensor output() {
        if (outputs.size() != 1) {
            throw new IllegalStateException("There are " + outputs.size() + " outputs; take them from outputs()");
        }
        return outputs.getFirst();
    }
}
