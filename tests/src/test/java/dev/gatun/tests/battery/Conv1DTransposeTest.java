package dev.gatun.tests.battery;

import dev.gatun.layers.Conv1DTranspose;
import dev.gatun.tests.reference.RefActivation;
import dev.gatun.tests.reference.RefStepLayers;
import java.util.List;

/**
 * Conv1DTranspose. How many steps come out, and how many are cut off before them, is written down here as Keras 3.15.1 on TensorFlow
 * has it.
 */
final class Conv1DTransposeTest extends LayerBattery {

    @Override
    List<Instance> instances() {
        return List.of(
                instance(Conv1DTranspose.of(3, 3), 5, 4, 7, 0),
                instance(Conv1DTranspose.of(17, 4).strides(2).activation("tanh"), 4, 18, 10, 0),
                instance(Conv1DTranspose.of(2, 2).strides(3).noBias(), 4, 3, 12, 0),
                instance(Conv1DTranspose.of(3, 3).padding("same"), 5, 2, 5, 1),
                instance(Conv1DTranspose.of(3, 4).padding("same").strides(2).activation("swish"), 5, 2, 10, 1),
                instance(Conv1DTranspose.of(3, 2).padding("same").strides(4), 3, 5, 12, 0),
                instance(Conv1DTranspose.of(3, 3).padding("same").dilationRate(2), 6, 2, 6, 2),
                instance(Conv1DTranspose.of(3, 3).strides(2).outputPadding(1), 4, 2, 10, 0),
                instance(Conv1DTranspose.of(3, 3).padding("same").strides(2).outputPadding(0), 4, 2, 7, 1));
    }

    private static Instance instance(Conv1DTranspose conv, int time, int inputs, int steps, int before) {
        RefStepLayers.Window window = new RefStepLayers.Window(conv.kernelSize(), conv.strides(), conv.dilationRate(),
                conv.padding().keyword());
        RefActivation activation = RefActivation.of(conv.activation());
        return Instance.of(conv, (graph, in) -> graph.add(
                RefStepLayers.transposed(NAME, window, before, steps, activation), List.of(in.getFirst()),
                "y/" + NAME))
                .takes(time, inputs).gives(steps, conv.filters()).notStepByStep()
                .parameters((long) conv.filters() * (conv.kernelSize() * inputs + (conv.useBias() ? 1 : 0)));
    }
}
