package dev.gatun.tests.battery;

import dev.gatun.layers.Constraint;
import dev.gatun.layers.Conv1D;
import dev.gatun.layers.Initializer;
import dev.gatun.layers.Padding;
import dev.gatun.layers.Regularizer;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefStepLayers;
import java.util.ArrayList;
import java.util.List;

/** Conv1D with every padding, strides, dilation, groups, and widths that fill blocks of 16 columns or do not. */
final class Conv1DTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        List<Instance> all = new ArrayList<>();
        for (Padding padding : Padding.values()) {
            all.add(instance(Conv1D.of(5, 3).padding(padding), 7, 3));
            all.add(instance(Conv1D.of(16, 2).padding(padding).activation("tanh"), 6, 16));
            all.add(instance(Conv1D.of(19, 4).padding(padding), 8, 21));
            all.add(instance(Conv1D.of(4, 3).padding(padding).strides(2).activation("swish"), 8, 5));
            all.add(instance(Conv1D.of(3, 5).padding(padding).strides(3), 11, 2));
            all.add(instance(Conv1D.of(6, 3).padding(padding).dilationRate(2).noBias(), 9, 4));
            all.add(instance(Conv1D.of(6, 3).padding(padding).groups(2), 7, 4));
            all.add(instance(Conv1D.of(40, 2).padding(padding).groups(2).activation("sigmoid"), 6, 34));
            all.add(instance(Conv1D.of(3, 1).padding(padding), 5, 7));
        }
        all.add(instance(Conv1D.of(8, 2).strides(2).groups(4).activation("selu"), 7, 8));
        all.add(instance(Conv1D.of(7, 3).padding("causal").groups(7).noBias(), 5, 7));
        all.add(instance(Conv1D.of(1, 4).padding("same").strides(2).dilationRate(3), 7, 1));
        all.add(instance(Conv1D.of(2, 6).padding("causal").dilationRate(2), 4, 3));
        all.add(instance(Conv1D.of(5, 3).kernelInitializer(Initializer.HE_NORMAL).biasInitializer(Initializer.ONES)
                .kernelRegularizer(Regularizer.l2(0.1)).biasRegularizer(Regularizer.l1(0.1))
                .activityRegularizer(new Regularizer.L1L2(0.1, 0.2)).kernelConstraint(Constraint.maxNorm(3))
                .biasConstraint(Constraint.nonNegative()), 5, 3));
        return all;
    }

    private static Instance instance(Conv1D conv, int time, int inputs) {
        RefStepLayers.Window window = new RefStepLayers.Window(conv.kernelSize(), conv.strides(), conv.dilationRate(),
                conv.padding().keyword());
        RefActivation activation = RefActivation.of(conv.activation());
        Instance instance = Instance
                .of(conv, (graph, in) -> graph.add(RefStepLayers.conv(NAME, window, conv.groups(), activation),
                        List.of(in.getFirst()), "y/" + NAME))
                .takes(time, inputs).gives(steps(conv, time), conv.filters())
                .parameters((long) conv.filters()
                        * (conv.kernelSize() * inputs / conv.groups() + (conv.useBias() ? 1 : 0)));
        boolean runsStepByStep = conv.strides() == 1 && (conv.padding() == Padding.CAUSAL || conv.kernelSize() == 1);
        return runsStepByStep ? instance : instance.notStepByStep();
    }

    private static long steps(Conv1D conv, int time) {
        int left = conv.padding() == Padding.VALID ? (conv.kernelSize() - 1) * conv.dilationRate() : 0;
        return (time - left + conv.strides() - 1) / conv.strides();
    }
}
