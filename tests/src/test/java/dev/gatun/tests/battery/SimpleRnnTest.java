package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.SimpleRnn;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefRecurrentLayer;
import dev.gatun.tests.reference.RefVariants;
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
        for (SimpleRnn clipped : List.of(SimpleRnn.units(18).clip(0.4).returnSequences(),
                SimpleRnn.units(3).clip(0.5).activation("relu").returnState(),
                SimpleRnn.units(17).learnInitialState().returnSequences(),
                SimpleRnn.units(2).learnInitialState().noBias().goBackwards().returnState())) {
            all.addAll(OneStateLayer.beyondKeras(clipped, 1, 1, RefVariants.of(NAME, clipped)));
        }
        return all;
    }

    private static List<Instance> instances(SimpleRnn rnn) {
        return OneStateLayer.instances(rnn, 1, 1,
                RefRecurrentLayer.simple(NAME, RefActivation.of(rnn.activation()), rnn.goesBackwards()));
    }
}
