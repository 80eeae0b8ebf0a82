package dev.gatun.tests.battery;

import dev.gatun.layers.Slicing;
import dev.gatun.memory.Shape;
import dev.gatun.tests.reference.RefMove;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Ranges forwards and backwards, and single indices, which take their axis away. */
final class SlicingTest extends OperationBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(List.of(last(), all(3)), "-1").takes(5, 3).gives(3),
                instance(List.of(last(), all(4), all(3)), "-1").takes(2, 4, 3).gives(4, 3),
                instance(List.of(new Taken(false, 0), all(3)), "0:1").takes(5, 3).gives(1, 3),
                instance(List.of(all(5), new Taken(false, 1, 2)), ":", "1:3").takes(5, 4).gives(5, 2),
                instance(List.of(all(5), new Taken(true, 17)), ":", "-1").takes(5, 18).gives(5),
                instance(List.of(new Taken(false, 5, 3, 1)), "::-2").takes(6).gives(3),
                instance(List.of(new Taken(true, 1), all(3), new Taken(false, 2, 3)), "1", ":", "-2:").takes(2, 3, 4)
                        .gives(3, 2),
                instance(List.of(new Taken(true, 2)), "2").takes(4).gives());
    }

    /** The indices of an axis that are taken; a single one takes it away. Counted from the end where it says so. */
    private record Taken(boolean single, int... indices) {}

    private static Taken all(int size) {
        return new Taken(false, IntStream.range(0, size).toArray());
    }

    private static Taken last() {
        return new Taken(true, -1);
    }

    private static Instance instance(List<Taken> axes, String... parts) {
        return Instance.of(Slicing.of(parts), (graph, in) -> graph.add(new RefMove(new Form(axes)), in, "y/" + NAME))
                .notStepByStep();
    }

    /** Of an axis of another size, as parts of a larger plan have, all indices are taken as they are there. */
    private record Form(List<Taken> axes) implements RefMove.Form {

        @Override
        public int[] shape(List<int[]> inputs) {
            List<Integer> shape = new ArrayList<>(List.of(inputs.getFirst()[0]));
            axes.stream().filter(axis -> !axis.single()).forEach(axis -> shape.add(axis.indices().length));
            return shape.stream().mapToInt(Integer::intValue).toArray();
        }

        @Override
        public RefMove.Place from(List<int[]> inputs, int[] index) {
            int[] from = new int[axes.size() + 1];
            from[0] = index[0];
            int next = 1;
            for (int axis = 0; axis < axes.size(); axis++) {
                Taken taken = axes.get(axis);
                int at = taken.single() ? taken.indices()[0] : taken.indices()[index[next++]];
                from[axis + 1] = at < 0 ? at + inputs.getFirst()[axis + 1] : at;
            }
            return new RefMove.Place(0, from);
        }
    }

    @Override
    List<List<Shape>> unfit(Instance instance) {
        Shape given = instance.inputs().getFirst();
        return List.of(List.of(given, given), List.of(Shape.of(-1)));
    }
}
