package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.plan.PlannedWeight;
import dev.gatun.layers.RecurrentLayer;
import dev.gatun.memory.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer of one direction with its weights.
 *
 * @param layer   forward, with neither sequences nor states
 * @param weights all it has
 */
record CellBuild(RecurrentLayer<?> layer, List<PlannedWeight> weights) {

    /** The weights every cell has. */
    static List<PlannedWeight> weights(NodeCall call, GateWeights gates, boolean bothBiases) {
        long width = (long) gates.gates().length * gates.direction().units();
        List<PlannedWeight> weights = new ArrayList<>();
        weights.add(new PlannedWeight("kernel", Shape.of(gates.direction().width(), width), gates.kernel(),
                call.node().input(1)));
        weights.add(new PlannedWeight("recurrent_kernel", Shape.of(gates.direction().units(), width), gates.recurrent(),
                call.node().input(2)));
        if (gates.hasBias()) {
            String origin = gates.direction().bias() == null ? "what the activation adds" : call.node().input(3);
            weights.add(bothBiases
                    ? new PlannedWeight("bias", Shape.of(2, width), gates.bothBiases(), origin)
                    : new PlannedWeight("bias", Shape.of(width), gates.summedBias(), origin + ", both halves summed"));
        }
        return weights;
    }

    /** The weights of a half of a layer of both directions. */
    List<PlannedWeight> prefixed(String prefix) {
        String own = prefix + layer.configuration().options().defaultName() + "/";
        return weights.stream()
                .map(weight -> new PlannedWeight(own + weight.name(), weight.shape(), weight.numbers(),
                        weight.origin()))
                .toList();
    }
}
