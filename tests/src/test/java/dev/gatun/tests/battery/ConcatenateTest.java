package dev.gatun.tests.battery;

import dev.gatun.layers.Concatenate;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefMove;
import java.util.List;

/** Every axis of values with two to four, two values and more, of sizes that are no multiples of anything. */
final class ConcatenateTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(-1, 2).takes(5, 3).takes(5, 4).gives(5, 7),
                instance(-1, 2).takes(5, 16).takes(5, 1).takes(5, 18).gives(5, 35),
                instance(-1, 1).takes(3).takes(2).gives(5),
                instance(-1, 3).takes(2, 3, 4).takes(2, 3, 1).gives(2, 3, 5),
                instance(1, 1).takes(3).takes(17).gives(20).notStepByStep(),
                instance(1, 1).takes(5, 3).takes(5, 3).gives(10, 3).notStepByStep(),
                instance(-2, 1).takes(4, 2).takes(4, 2).takes(4, 2).gives(12, 2).notStepByStep(),
                instance(2, 2).takes(2, 3, 4).takes(2, 1, 4).gives(2, 4, 4).notStepByStep(),
                instance(-3, 1).takes(2, 3, 4).takes(1, 3, 4).gives(3, 3, 4).notStepByStep(),
                Instance.of(Concatenate.of().dropsMasks(true), reference(2)).takes(5, 3).takes(5, 4).gives(5, 7));
    }

    /** @param along the axis, counted from the batch */
    private static Instance instance(int axis, int along) {
        return Instance.of(Concatenate.axis(axis), reference(along));
    }

    private static Instance.Reference reference(int along) {
        return (graph, in) -> graph.add(RefMove.concatenate(along), in, "y/" + NAME);
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        return List.of(List.of(Shape.of(-1), Shape.of(-1)), List.of(Shape.of(-1, 2, 3), Shape.of(-1, 2)),
                List.of(Shape.of(-1, 2, 3), Shape.of(-1, 3, 2)), List.of(Shape.of(2, 3, 4), Shape.of(3, 3, 4)),
                List.of(Shape.of(-1, 2, 3, 4, 5), Shape.of(-1, 2, 3, 4, 5)));
    }
}
