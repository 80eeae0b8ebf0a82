package dev.gatun.tests.battery;

import dev.gatun.layers.RepeatVector;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefMove;
import java.util.List;

/** A vector as a sequence of equal steps, one of them and several. */
final class RepeatVectorTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(3).takes(4).gives(3, 4), instance(1).takes(17).gives(1, 17),
                instance(5).takes(1).gives(5, 1));
    }

    private static Instance instance(int n) {
        return Instance.of(RepeatVector.times(n), (graph, in) -> graph.add(RefMove.repeat(n), in, "y/" + NAME))
                .notStepByStep();
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        return List.of(List.of(given, given), List.of(Shape.of(-1)), List.of(Shape.of(-1, 2, 3)),
                List.of(Shape.of(-1, 2, 3, 4)));
    }
}
