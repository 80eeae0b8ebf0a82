package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Lstm;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefVariants;
import java.util.ArrayList;
import java.util.List;

/** LSTM with options that other engines have and Keras does not: peepholes, coupled gates, clipping and the like. */
final class LstmVariantsTest extends LayerBattery {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (int units : new int[] {1, 16, 37}) {
            Lstm lstm = Lstm.units(units).returnSequences();
            all.add(instance(lstm.peepholes(), false));
            all.add(instance(lstm.inputForget().returnState(), true));
            all.add(instance(lstm.cellClip(0.2).returnSequences(false), false));
            all.add(instance(lstm.peepholes().inputForget().clip(0.4).cellClip(0.3).returnState(), true));
        }
        Lstm lstm = Lstm.units(18).returnSequences();
        all.add(instance(lstm.forgetBias(1), false));
        all.add(instance(lstm.forgetBias(-0.7).noBias().returnState(), true));
        all.add(instance(lstm.forgetBias(1).peepholes().peepholeInitializer(Initializer.ONES), false));
        all.add(instance(lstm.clip(0.3), false));
        all.add(instance(lstm.outputActivation(ActivationFunction.SOFTSIGN), false));
        all.add(instance(lstm.peepholes().cellClip(0.4).outputActivation("gelu").activation("hard_sigmoid")
                .recurrentActivation("hard_sigmoid").goBackwards().returnState(), true));
        all.add(instance(lstm.peepholes().goBackwards().zeroOutputForMask(), false));
        all.add(instance(lstm.inputForget().noBias().zeroOutputForMask().recurrentActivation("tanh"), false));
        for (int units : new int[] {2, 16, 37}) {
            Lstm norm = Lstm.units(units).returnSequences().layerNorm().layerNormEpsilon(0.01);
            all.add(instance(norm, false));
            all.add(instance(norm.noBias().forgetBias(1).returnState(), true));
        }
        all.add(instance(lstm.layerNorm().layerNormEpsilon(1e-3).goBackwards().activation("gelu")
                .recurrentActivation("hard_sigmoid").zeroOutputForMask(), false));
        all.add(instance(lstm.layerNorm().layerNormEpsilon(1e-3).learnInitialState().clip(0.9).returnSequences(false),
                false));
        for (int units : new int[] {2, 16, 37}) {
            Lstm projected = Lstm.units(units).returnSequences().projection(units == 16 ? 20 : units / 2);
            all.add(instance(projected, false));
            all.add(instance(projected.returnSequences(false).returnState(), true));
            all.add(instance(projected.peepholes().cellClip(0.3).noBias().goBackwards().zeroOutputForMask(), false));
        }
        all.add(instance(lstm.projection(3).layerNorm().layerNormEpsilon(1e-3).returnState(), true));
        all.add(instance(lstm.projection(5).learnInitialState().inputForget(), false));
        all.add(instance(lstm.learnInitialState(), false));
        all.add(instance(lstm.learnInitialState().returnSequences(false), false));
        all.add(instance(Lstm.units(3).learnInitialState().noBias().peepholes().returnState(), false));
        all.add(instance(lstm.learnInitialState().goBackwards().zeroOutputForMask().returnState(), false));
        return all;
    }

    private static Instance instance(Lstm lstm, boolean begins) {
        long units = lstm.units();
        long outputs = lstm.stateWidths().getFirst();
        Instance instance = Instance.of(lstm, (graph, in) -> {
            List<Value> values = graph.add(RefVariants.of(NAME, lstm), in, "y/" + NAME, "h/" + NAME, "c/" + NAME);
            return lstm.returnsState() ? values : values.subList(0, 1);
        }).takes(TIME, INPUTS).parameters(parameters(lstm));
        instance = begins ? instance.takes(outputs).takes(units) : instance;
        instance = lstm.returnsSequences() ? instance.gives(TIME, outputs) : instance.gives(outputs);
        instance = lstm.goesBackwards() ? instance.notStepByStep() : instance;
        return lstm.returnsState() ? instance.gives(outputs).gives(units) : instance;
    }

    private static long parameters(Lstm lstm) {
        int gates = lstm.couplesInputForget() ? 3 : 4;
        int outputs = lstm.stateWidths().getFirst();
        int eachGate = INPUTS + outputs + (lstm.useBias() ? 1 : 0);
        int peepholes = lstm.hasPeepholes() ? gates - 1 : 0;
        int states = lstm.learnsInitialState() ? outputs + lstm.units() : 0;
        int projection = lstm.projection();
        int norms = lstm.hasLayerNorm() ? 2 * (gates + 1) : 0;
        return (long) lstm.units() * (gates * eachGate + peepholes + norms + projection) + states;
    }
}
