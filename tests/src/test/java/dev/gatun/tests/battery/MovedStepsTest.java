package dev.gatun.tests.battery;

import dev.gatun.layers.Cropping1D;
import dev.gatun.layers.Layer;
import dev.gatun.layers.UpSampling1D;
import dev.gatun.layers.ZeroPadding1D;
import dev.gatun.tests.reference.RefStepLayers;
import java.util.List;

/** Steps that are repeated, added and left out. */
final class MovedStepsTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(UpSampling1D.of(3), 3, 0, 0).takes(4, 5).gives(12, 5),
                instance(UpSampling1D.of(1), 1, 0, 0).takes(3, 17).gives(3, 17),
                instance(ZeroPadding1D.of(2), 1, 2, 2).takes(3, 4).gives(7, 4),
                instance(ZeroPadding1D.of(0, 3), 1, 0, 3).takes(2, 18).gives(5, 18),
                instance(Cropping1D.of(1), 1, -1, -1).takes(5, 3).gives(3, 3),
                instance(Cropping1D.of(2, 0), 1, -2, 0).takes(6, 20).gives(4, 20));
    }

    private static Instance instance(Layer layer, int times, int before, int behind) {
        return Instance.of(layer, (graph, in) -> graph.add(RefStepLayers.moved(NAME, times, before, behind),
                List.of(in.getFirst()), "y/" + NAME)).notStepByStep();
    }
}
