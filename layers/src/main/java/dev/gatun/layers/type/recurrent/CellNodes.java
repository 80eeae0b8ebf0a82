package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.OnnxCall;
import java.util.List;

/** One step of a cell as ONNX nodes. */
@FunctionalInterface
public interface CellNodes {

    /**
     * Adds the nodes of a step.
     *
     * @param body   takes them
     * @param gates  the name of the input's part of the gates, x K and the bias, [B,GU]
     * @param states names of the states before the step, [B,U] each, h first
     * @return names of the states after the step, in the same order
     */
    List<String> step(OnnxCall body, String gates, List<String> states);
}
