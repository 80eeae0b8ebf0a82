package dev.gatun.tests.battery;

import dev.gatun.layers.Activation;
import dev.gatun.layers.Dense;
import dev.gatun.layers.Dropout;
import dev.gatun.layers.TimeDistributed;
import dev.gatun.tests.reference.RefActivation;
import java.util.List;

/** TimeDistributed of each layer it takes. */
final class TimeDistributedTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                dense(Dense.units(1)), dense(Dense.units(33).activation("gelu")),
                dense(Dense.units(5).activation("softmax").noBias()), dense(Dense.units(4).named("inner")),
                Instance.of(TimeDistributed.of(Activation.of("softmax")),
                        (graph, in) -> List.of(graph.activation(NAME, RefActivation.SOFTMAX, in.getFirst())))
                        .takes(4, 6).gives(4, 6),
                Instance.of(TimeDistributed.of(Dropout.rate(0.5)),
                        (graph, in) -> List.of(graph.dropout(NAME, in.getFirst()))).takes(4, 6).gives(4, 6));
    }

    private static Instance dense(Dense dense) {
        RefActivation activation = RefActivation.of(dense.activation());
        return Instance.of(TimeDistributed.of(dense),
                (graph, in) -> List.of(graph.dense(NAME, activation, in.getFirst())))
                .takes(4, 6).gives(4, dense.units()).parameters(dense.units() * (dense.useBias() ? 7L : 6L));
    }
}
