package dev.gatun.tests.battery;

import dev.gatun.layers.Permute;
import dev.gatun.tests.reference.RefPermute;
import java.util.List;

/** Axes exchanged and axes left alone, on sequences and on rows; sizes that are no multiples of anything. */
final class PermuteTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(2, 1).takes(4, 7).gives(7, 4).notStepByStep(),
                instance(2, 1).takes(19, 1).gives(1, 19).notStepByStep(),
                instance(2, 1).takes(1, 33).gives(33, 1).notStepByStep(),
                instance(1, 2).takes(5, 3).gives(5, 3),
                instance(1).takes(6).gives(6));
    }

    private static Instance instance(int... dims) {
        return Instance.of(Permute.dims(dims),
                (graph, in) -> graph.add(new RefPermute(dims), List.of(in.getFirst()), "y/" + NAME));
    }
}
