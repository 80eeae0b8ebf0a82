package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Elementwise;
import dev.gatun.layers.Elementwise.Function;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefElementwise;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Functions of one value, two and three, with sizes that meet and with numbers in the place of values. */
final class ElementwiseTest extends OperationBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(of(Function.IDENTITY), x -> x[0]).takes(5, 3).gives(5, 3),
                instance(of(Function.SIN), x -> Math.sin(x[0])).takes(4).gives(4),
                instance(of(Function.SQUARE), x -> x[0] * x[0]).takes(2, 3, 4).gives(2, 3, 4),
                instance(of(ActivationFunction.SIGMOID), x -> 1 / (1 + Math.exp(-x[0]))).takes(5, 3).gives(5, 3),
                instance(of(Function.ADD), x -> x[0] + x[1]).takes(5, 3).takes(5, 3).gives(5, 3),
                instance(of(Function.SUBTRACT), x -> x[0] - x[1]).takes(1, 3).takes(1, 1).gives(1, 3),
                instance(of(Function.MULTIPLY), x -> x[0] * x[1]).takes(2, 3, 5).takes(2, 1, 5).gives(2, 3, 5),
                instance(of(Function.MULTIPLY), x -> x[0] * x[1]).takes(2, 1, 5).takes(2, 3, 1).gives(2, 3, 5),
                instance(of(Function.MULTIPLY).argument(1, 2.5), x -> 2.5 * x[0]).takes(5, 3).gives(5, 3),
                instance(of(Function.SUBTRACT).argument(0, 1), x -> 1 - x[0]).takes(17).gives(17),
                instance(of(Function.POWER).argument(0, 2), x -> Math.pow(2, x[0])).takes(5, 3).gives(5, 3),
                instance(of(Function.WHERE).argument(0, 1), x -> x[0]).takes(5, 3).takes(5, 3).gives(5, 3),
                instance(of(Function.GREATER).argument(1, 9), x -> 0).takes(5, 3).gives(5, 3));
    }

    private static Elementwise of(Function function) {
        return Elementwise.of(function);
    }

    private static Elementwise of(ActivationFunction function) {
        return Elementwise.of(function);
    }

    private static Instance instance(Elementwise layer, ToDoubleFunction<double[]> function) {
        return Instance.of(layer, (graph, in) -> graph.add(new RefElementwise(function), in, "y/" + NAME));
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        return instance.inputs().size() == 1
                ? List.of(List.of(given, given), List.of(given, given, given))
                : List.of(List.of(given), List.of(given, given, given), List.of(given, Shape.of(-1)),
                        List.of(Shape.of(-1, 5, 3), Shape.of(-1, 5, 2)), List.of(Shape.of(2, 3), Shape.of(1, 3)));
    }
}
