package dev.gatun.tests.battery;

import dev.gatun.layers.ActivationFunction;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Constraint;
import dev.gatun.layers.Lstm;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefGraph.LstmValues;
import dev.gatun.tests.reference.RefGraph.Value;
import dev.gatun.tests.reference.RefLstm;
import java.util.ArrayList;
import java.util.List;

/** LSTM: every option, one block of units and several, states in and out. */
final class LstmTest extends LayerBattery {

    private static final int TIME = 5;
    private static final int INPUTS = 3;

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (int units : new int[] {1, 16, 37}) {
            for (boolean sequences : new boolean[] {false, true}) {
                Lstm lstm = Lstm.units(units).returnSequences(sequences);
                all.add(instance(lstm, false));
                all.add(instance(lstm.goBackwards(), false).notStepByStep());
                all.add(instance(lstm.returnState(), false));
                all.add(instance(lstm.returnState(), true));
            }
        }
        Lstm lstm = Lstm.units(5).returnSequences();
        all.add(instance(lstm.noBias(), false));
        for (boolean begins : new boolean[] {false, true}) {
            all.add(instance(lstm.zeroOutputForMask(), begins));
            all.add(instance(Lstm.units(18).returnSequences().zeroOutputForMask().goBackwards().returnState(), begins)
                    .notStepByStep());
        }
        all.add(instance(lstm.dropout(0.25).recurrentDropout(0.5).unitForgetBias(false)
                .kernelInitializer(Initializer.HE_NORMAL).recurrentInitializer(new Initializer.Orthogonal(0.5))
                .biasInitializer(Initializer.ONES), false));
        all.add(instance(Lstm.units(3).kernelRegularizer(new Regularizer.L1L2(0.1, 0.2))
                .recurrentRegularizer(new Regularizer.Orthogonal(0.1, true)).biasRegularizer(Regularizer.l2(0.3))
                .activityRegularizer(Regularizer.l1(0.2)).kernelConstraint(Constraint.maxNorm(2))
                .recurrentConstraint(Constraint.unitNorm()).biasConstraint(Constraint.nonNegative()), false));
        Lstm wide = Lstm.units(21).returnSequences();
        for (ActivationFunction function : List.of(ActivationFunction.LINEAR, ActivationFunction.SOFTPLUS,
                ActivationFunction.GELU, ActivationFunction.RELU)) {
            all.add(instance(wide.activation(function), false));
        }
        for (ActivationFunction function : List.of(ActivationFunction.HARD_SIGMOID, ActivationFunction.TANH,
                ActivationFunction.HARD_SIGMOID_KERAS2)) {
            all.add(instance(wide.recurrentActivation(function), false));
        }
        all.add(instance(lstm.activation("relu").recurrentActivation("hard_sigmoid").goBackwards().returnState(),
                true).notStepByStep());
        for (ActivationFunction function : List.of(ActivationFunction.SOFTMAX, ActivationFunction.LOG_SOFTMAX,
                ActivationFunction.SPARSEMAX)) {
            all.add(instance(wide.activation(function), false));
            all.add(instance(wide.recurrentActivation(function).returnState(), true));
        }
        all.add(instance(Lstm.units(9).activation("gelu").recurrentActivation("softmax").goBackwards(), false)
                .notStepByStep());
        // Of more steps than one it grows past every float.
        all.add(instance(lstm.activation(ActivationFunction.EXPONENTIAL), false, 1));
        return all;
    }

    private static Instance instance(Lstm lstm, boolean begins) {
        return instance(lstm, begins, TIME);
    }

    private static Instance instance(Lstm lstm, boolean begins, int time) {
        long units = lstm.units();
        RefLstm.Options options = new RefLstm.Options(RefActivation.of(lstm.activation()),
                RefActivation.of(lstm.recurrentActivation()), lstm.goesBackwards(), lstm.zeroesOutputForMask());
        Instance instance = Instance.of(lstm, (graph, in) -> {
            Value[] states = in.subList(1, in.size()).toArray(Value[]::new);
            LstmValues values = graph.lstm(NAME, options, lstm.returnsSequences(), in.getFirst(), states);
            return lstm.returnsState() ? List.of(values.y(), values.h(), values.c()) : List.of(values.y());
        }).takes(time, INPUTS).parameters(4 * units * (INPUTS + units + (lstm.useBias() ? 1 : 0)));
        instance = begins ? instance.takes(units).takes(units) : instance;
        instance = lstm.returnsSequences() ? instance.gives(time, units) : instance.gives(units);
        return lstm.returnsState() ? instance.gives(units).gives(units) : instance;
    }
}
