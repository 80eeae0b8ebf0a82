package dev.gatun.tests.battery;

import dev.gatun.layers.Rescaling;
import dev.gatun.tests.reference.RefRowMap;
import java.util.List;

/** One number for all features and one for each, on sequences and on rows. */
final class RescalingTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(instance(Rescaling.by(0.5).plus(-1.25)).takes(5, 4).gives(5, 4),
                instance(Rescaling.by(2, -3, 0.25)).takes(6, 3).gives(6, 3),
                instance(Rescaling.by(1 / 127.5).plus(-1, 0, 1, 2)).takes(4).gives(4),
                instance(Rescaling.by(-1)).takes(3, 17).gives(3, 17));
    }

    private static Instance instance(Rescaling layer) {
        List<Double> scale = layer.scale();
        List<Double> offset = layer.offset();
        return Instance.of(layer, (graph, in) -> graph.add(new RefRowMap(
                i -> (double) scale.get(i % scale.size()).floatValue(),
                i -> (double) offset.get(i % offset.size()).floatValue()),
                List.of(in.getFirst()), "y/" + NAME));
    }
}
