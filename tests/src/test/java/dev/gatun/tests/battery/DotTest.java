package dev.gatun.tests.battery;

import dev.gatun.layers.Dot;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefDot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of flat values and of sequences, over any of their axes, plain and as cosines. */
final class DotTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (boolean normalize : new boolean[] {false, true}) {
            all.add(instance(Dot.axes(1), 1, 1, normalize).takes(4).takes(4).gives(1));
            all.add(instance(Dot.axes(-1), 2, 2, normalize).takes(5, 4).takes(5, 4).gives(5, 5));
            all.add(instance(Dot.axes(2, 1), 2, 1, normalize).takes(3, 4).takes(4, 17).gives(3, 17));
            all.add(instance(Dot.axes(1), 1, 1, normalize).takes(5, 18).takes(5, 2).gives(18, 2));
            all.add(instance(Dot.axes(1, 2), 1, 2, normalize).takes(4).takes(3, 4).gives(3));
            all.add(instance(Dot.axes(2, 1), 2, 1, normalize).takes(3, 4).takes(4).gives(3));
        }
        return all;
    }

    private static Instance instance(Dot dot, int first, int second, boolean normalize) {
        return Instance.of(dot.normalize(normalize),
                (graph, in) -> graph.add(new RefDot(first, second, normalize), in, "y/" + NAME)).notStepByStep();
    }

    /** What sums over the steps of one value alone cannot have other steps. */
    @Override
    @ParameterizedTest
    @MethodSource("instances")
    void anyPartOfALargerPlanGivesTheSameBits(Instance instance) {
        if (!instance.layer().config().get("axes").equals(List.of(2L, 1L)) || instance.inputs().getLast().rank() == 2) {
            super.anyPartOfALargerPlanGivesTheSameBits(instance);
        }
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        return List.of(List.of(given), List.of(given, given, given), List.of(Shape.of(-1), Shape.of(-1)),
                List.of(Shape.of(-1, 2, 3, 4), Shape.of(-1, 2, 3, 4)), List.of(Shape.of(-1, 2, 3), Shape.of(-1, 4, 5)),
                List.of(Shape.of(2, 3, 3), Shape.of(3, 3, 3)));
    }
}
