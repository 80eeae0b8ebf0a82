package dev.gatun.tests.battery;

import dev.gatun.layers.Add;
import dev.gatun.layers.Average;
import dev.gatun.layers.Layer;
import dev.gatun.layers.Maximum;
import dev.gatun.layers.Minimum;
import dev.gatun.layers.Multiply;
import dev.gatun.layers.Subtract;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefBroadcast;
import java.util.ArrayList;
import java.util.List;

/** The layers that merge number by number: two and three values, equal and broadcast, flat, sequences and sequences of those. */
final class MergeTest extends ShapeBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Layer layer : List.of(Add.of(), Subtract.of(), Multiply.of(), Average.of(), Maximum.of(), Minimum.of())) {
            all.add(instance(layer).takes(5, 3).takes(5, 3).gives(5, 3));
            all.add(instance(layer).takes(18).takes(18).gives(18));
            all.add(instance(layer).takes(4, 17).takes(17).gives(4, 17));
            all.add(instance(layer).takes(3).takes(2, 4, 3).gives(2, 4, 3));
            all.add(instance(layer).takes(2, 3, 5).takes(2, 1, 5).gives(2, 3, 5));
        }
        for (Layer layer : List.of(Add.of(), Multiply.of(), Average.of(), Maximum.of(), Minimum.of())) {
            all.add(instance(layer).takes(5, 4).takes(1).takes(4).gives(5, 4));
            all.add(instance(layer).takes(3).takes(3).takes(3).gives(3));
        }
        return all;
    }

    private static Instance instance(Layer layer) {
        return Instance.of(layer, (graph, in) -> graph.add(new RefBroadcast(layer.kind()), in, "y/" + NAME));
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        List<List<Shape>> unfit = new ArrayList<>(List.of(
                List.of(Shape.of(-1, 5, 3), Shape.of(-1, 5, 2)), List.of(Shape.of(-1, 5, 3), Shape.of(-1, 4, 3)),
                List.of(Shape.of(2, 3), Shape.of(4, 3)), List.of(Shape.of(-1), Shape.of(-1)),
                List.of(Shape.of(-1, 2, 3, 4, 5), Shape.of(-1, 2, 3, 4, 5))));
        if (instance.layer() instanceof Subtract) {
            unfit.add(List.of(Shape.of(-1, 3)));
            unfit.add(List.of(Shape.of(-1, 3), Shape.of(-1, 3), Shape.of(-1, 3)));
        }
        return unfit;
    }
}
