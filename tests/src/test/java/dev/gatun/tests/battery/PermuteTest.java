package dev.gatun.tests.battery;

import dev.gatun.layers.Permute;
import dev.gatun.tests.reference.RefPermute;
import dev.gatun.memory.Shape;
import java.util.List;

/** Axes exchanged and axes left alone, on sequences and on rows; sizes that are no multiples of anything. */
final class PermuteTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(2, 1).takes(4, 7).gives(7, 4).notStepByStep(),
                instance(2, 1).takes(19, 1).gives(1, 19).notStepByStep(),
                instance(2, 1).takes(1, 33).gives(33, 1).notStepByStep(),
                instance(2, 3, 1).takes(3, 4, 5).gives(4, 5, 3).notStepByStep(),
                instance(3, 1, 2).takes(2, 17, 3).gives(3, 2, 17).notStepByStep(),
                instance(1, 3, 2).takes(4, 2, 3).gives(4, 3, 2).notStepByStep(),
                instance(1, 2).takes(5, 3).gives(5, 3),
                instance(1).takes(6).gives(6));
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        Shape more = given.rank() == 2 ? Shape.of(-1, 2, 3) : Shape.of(-1, 2);
        return List.of(List.of(more), List.of(given, given));
    }

    private static Instance instance(int... dims) {
        return Instance.of(Permute.dims(dims),
                (graph, in) -> graph.add(new RefPermute(dims), List.of(in.getFirst()), "y/" + NAME));
    }
}
