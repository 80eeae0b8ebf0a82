package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefRecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/** SimpleRNN: every option. */
final class SimpleRnnTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (SimpleRnn rnn : OneStateLayer.wiring(SimpleRnn::units)) {
            all.addAll(instances(rnn));
        }
        for (ActivationFunction function : List.of(ActivationFunction.LINEAR, ActivationFunction.RELU,
                ActivationFunction.SIGMOID, ActivationFunction.GELU, ActivationFunction.SOFTPLUS,
                ActivationFunction.HARD_SIGMOID, ActivationFunction.SOFTMAX, ActivationFunction.LOG_SOFTMAX,
                ActivationFunction.SPARSEMAX)) {
            all.addAll(instances(SimpleRnn.units(21).returnSequences().activation(function)));
        }
        return all;
    }

    private static List<Instance> instances(SimpleRnn rnn) {
        return OneStateLayer.instances(rnn, 1, 1,
                RefRecurrentLayer.simple(NAME, RefActivation.of(rnn.activation()), rnn.goesBackwards()));
    }
}
