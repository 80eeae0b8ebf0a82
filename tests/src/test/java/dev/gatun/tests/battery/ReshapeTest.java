package dev.gatun.tests.battery;

import dev.gatun.layers.Layer;
import dev.gatun.layers.Reshape;
import dev.gatun.layers.Flatten;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefMove;
import java.util.List;

/** Numbers that stay in their order in another shape, rows shorter, longer and across each other; and Flatten. */
final class ReshapeTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(3, 4).takes(12).gives(3, 4),
                instance(2, 2, 3).takes(12).gives(2, 2, 3),
                instance(-1, 3).takes(5, 6).gives(10, 3),
                instance(-1, 2, 3).takes(4, 6).gives(4, 2, 3),
                instance(-1).takes(4, 17).gives(68),
                instance(4, -1).takes(2, 3, 4).gives(4, 6),
                instance(-1, 19).takes(2, 3, 19).gives(6, 19),
                instance(2, -1, 1).takes(18).gives(2, 9, 1),
                flatten(Flatten.of(), -1).takes(5, 3).gives(15),
                flatten(Flatten.of(), -1).takes(18).gives(18),
                flatten(Flatten.of(), -1).takes(2, 3, 5).gives(30),
                channelsFirst().takes(5, 3).gives(15),
                channelsFirst().takes(4).gives(4),
                channelsFirst().takes(2, 3, 5).gives(30));
    }

    private static Instance instance(int... sizes) {
        return flatten(Reshape.to(sizes), sizes);
    }

    private static Instance flatten(Layer layer, int... sizes) {
        return Instance.of(layer, (graph, in) -> graph.add(RefMove.reshape(sizes), in, "y/" + NAME)).notStepByStep();
    }

    private static Instance channelsFirst() {
        return Instance.of(Flatten.of().channelsFirst(true),
                (graph, in) -> graph.add(RefMove.flattenChannelsFirst(), in, "y/" + NAME)).notStepByStep();
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        boolean takesAny = instance.layer() instanceof Flatten || instance.layer().equals(Reshape.to(-1));
        return takesAny
                ? List.of(List.of(given, given))
                : List.of(List.of(given, given), List.of(Shape.of(-1)), List.of(Shape.of(-1, 11)),
                        List.of(Shape.of(-1, 11, 1)));
    }
}
