package dev.gatun.tests.battery;

import dev.gatun.layers.Initializer;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.tests.own.Gain;
import dev.gatun.tests.reference.RefGain;
import java.util.List;

/** A layer of a user's own, from outside of Gatun's modules, is held to what Gatun's are; also within a TimeDistributed. */
final class OwnLayerTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        Gain gain = Gain.perFeature();
        return List.of(
                Instance.of(gain, (graph, in) -> graph.add(new RefGain(NAME), in, "y/" + NAME))
                        .takes(7).gives(7).parameters(7),
                Instance.of(gain.initializer(Initializer.HE_NORMAL),
                        (graph, in) -> graph.add(new RefGain(NAME), in, "y/" + NAME))
                        .takes(4, 18).gives(4, 18).parameters(18),
                Instance.of(TimeDistributed.of(gain), (graph, in) -> graph.add(new RefGain(NAME), in, "y/" + NAME))
                        .takes(3, 5).gives(3, 5).parameters(5));
    }
}
