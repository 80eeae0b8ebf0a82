package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Gru;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefRecurrentLayer;
import dev.gatun.tests.reference.RefVariants;
import java.util.ArrayList;
import java.util.List;

/** GRU: every option, the reset gate after the product and before it. */
final class GruTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (boolean after : new boolean[] {true, false}) {
            for (Gru gru : OneStateLayer.wiring(units -> Gru.units(units).resetAfter(after))) {
                all.addAll(instances(gru));
            }
            Gru wide = Gru.units(21).resetAfter(after).returnSequences();
            for (ActivationFunction function : List.of(ActivationFunction.LINEAR, ActivationFunction.RELU,
                    ActivationFunction.GELU)) {
                all.addAll(instances(wide.activation(function)));
            }
            for (ActivationFunction function : List.of(ActivationFunction.HARD_SIGMOID, ActivationFunction.TANH,
                    ActivationFunction.HARD_SIGMOID_KERAS2)) {
                all.addAll(instances(wide.recurrentActivation(function)));
            }
            for (ActivationFunction function : List.of(ActivationFunction.SOFTMAX, ActivationFunction.LOG_SOFTMAX,
                    ActivationFunction.SPARSEMAX)) {
                all.addAll(instances(wide.activation(function).returnState()));
                // Gates below zero without an end let h grow past every float.
                if (function != ActivationFunction.LOG_SOFTMAX) {
                    all.addAll(instances(wide.recurrentActivation(function).activation("gelu")));
                }
            }
            all.addAll(
                    instances(wide.activation("relu").recurrentActivation("hard_sigmoid").goBackwards().returnState()));
            for (Gru clipped : List.of(Gru.units(18).resetAfter(after).clip(0.4).returnSequences().returnState(),
                    Gru.units(3).resetAfter(after).clip(0.5).activation("softsign"),
                    Gru.units(17).resetAfter(after).learnInitialState().returnSequences(),
                    Gru.units(2).resetAfter(after).learnInitialState().noBias().goBackwards().returnState())) {
                all.addAll(OneStateLayer.beyondKeras(clipped, 3, after ? 2 : 1, RefVariants.of(NAME, clipped)));
            }
        }
        return all;
    }

    private static List<Instance> instances(Gru gru) {
        return OneStateLayer.instances(gru, 3, gru.resetAfter() ? 2 : 1,
                RefRecurrentLayer.gru(NAME, RefActivation.of(gru.activation()),
                        RefActivation.of(gru.recurrentActivation()), gru.resetAfter(),
                        gru.goesBackwards()));
    }
}
