package dev.gatun.tests.battery;

import dev.gatun.layers.Reduction;
import dev.gatun.layers.Reduction.Function;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefReduction;
import java.util.List;

/** One number of those along one axis and along several, which go or stay. */
final class ReductionTest extends OperationBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(Function.MEAN, false, 1).takes(5, 3).gives(3).notStepByStep(),
                instance(Function.SUM, false, 2).takes(5, 18).gives(5).notStepByStep(),
                instance(Function.MAX, true, 1).takes(5, 3).gives(1, 3).notStepByStep(),
                instance(Function.MIN, false, 1, 2).takes(2, 3, 4).gives(4).notStepByStep(),
                instance(Function.SUM, true, 1, 3).takes(2, 3, 4).gives(1, 3, 1).notStepByStep(),
                instance(Function.MEAN, false, 1).takes(7).gives().notStepByStep(),
                instance(Function.ANY, false, 2).takes(5, 3).gives(5).notStepByStep(),
                instance(Function.ALL, true, 2).takes(5, 3).gives(5, 1).notStepByStep(),
                Instance.of(Reduction.of(Function.MEAN, -1).keepDims(true),
                        (graph, in) -> graph.add(new RefReduction("mean", true, 2), in, "y/" + NAME))
                        .takes(5, 3).gives(5, 1));
    }

    private static Instance instance(Function function, boolean keeps, int... axes) {
        return Instance.of(Reduction.of(function, axes).keepDims(keeps), (graph, in) -> graph
                .add(new RefReduction(function.keyword(), keeps, axes), in, "y/" + NAME));
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        return List.of(List.of(given, given), List.of(Shape.of(-1)));
    }
}
