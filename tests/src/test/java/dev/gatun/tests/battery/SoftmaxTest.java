package dev.gatun.tests.battery;

import dev.gatun.layers.Softmax;
import dev.gatun.tests.reference.RefSoftmax;
import java.util.List;

/** Over features, steps, and both, of sequences and rows. */
final class SoftmaxTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(Softmax.of(), 2).takes(5, 4).gives(5, 4),
                instance(Softmax.of(), 2).takes(3, 37).gives(3, 37),
                instance(Softmax.of(), 1).takes(19).gives(19),
                instance(Softmax.axis(2), 2).takes(5, 3).gives(5, 3).notStepByStep(),
                instance(Softmax.axis(1), 1).takes(5, 3).gives(5, 3).notStepByStep(),
                instance(Softmax.axis(-2), 1).takes(7, 1).gives(7, 1).notStepByStep(),
                instance(Softmax.axis(1), 1).takes(6).gives(6).notStepByStep(),
                instance(Softmax.axis(1, 2), 1, 2).takes(5, 4).gives(5, 4).notStepByStep());
    }

    private static Instance instance(Softmax layer, Integer... axes) {
        return Instance.of(layer, (graph, in) -> graph.add(new RefSoftmax(List.of(axes), null),
                List.of(in.getFirst()), "y/" + NAME));
    }
}
