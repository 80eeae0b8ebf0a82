package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.OnnxCall;
import dev.gatun.layers.RecurrentLayer;

/**
 * Activations of a cell as ONNX nodes, of what is clipped before if the layer clips.
 *
 * @param layer its options
 * @param body  takes the nodes of a step
 */
public record CellClip(RecurrentLayer<?> layer, OnnxCall body) {

    /**
     * The activation of a gate.
     *
     * @param function what is applied
     * @param sum      the name of the gate's sum
     * @return the name of what comes out
     */
    public String activation(ActivationFunction function, String sum) {
        float limit = (float) layer.clip();
        return body.activation(function, limit == 0
                ? sum
                : body.node("Clip", sum, body.constant(-limit), body.constant(limit)));
    }
}
