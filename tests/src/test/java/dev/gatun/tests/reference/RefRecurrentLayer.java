package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.Node;
import java.util.List;
import java.util.Map;

/** Layers of one state as nodes of a {@link RefGraph}. */
public final class RefRecurrentLayer {

    /** Makes a cell of its weights. */
    private interface Maker {
        RefCell of(RefCell.Weights weights);
    }

    private final String name;
    private final Maker maker;
    private final boolean goBackwards;

    private RefRecurrentLayer(String name, Maker maker, boolean goBackwards) {
        this.name = name;
        this.maker = maker;
        this.goBackwards = goBackwards;
    }

    /** A GRU. */
    public static RefRecurrentLayer gru(
            String name, RefActivation activation, RefActivation recurrent, boolean resetAfter, boolean goBackwards) {
        return new RefRecurrentLayer(
                name, weights -> new RefGru(weights, activation, recurrent, resetAfter), goBackwards);
    }

    /** A SimpleRNN. */
    public static RefRecurrentLayer simple(String name, RefActivation activation, boolean goBackwards) {
        return new RefRecurrentLayer(name, weights -> new RefSimpleRnn(weights, activation), goBackwards);
    }

    String name() {
        return name;
    }

    Node node(boolean sequences) {
        return (inputs, mask, given) -> {
            RefRecurrent layer = new RefRecurrent(maker.of(weights(given)), goBackwards);
            RefTensor x = inputs.getFirst();
            RefTensor h0 = inputs.size() == 2 ? inputs.get(1) : given.get("init/" + name + "/h");
            RefTensor drop = given.get("dropmask/" + name + "/input");
            RefRecurrent.Tape tape = layer.forward(new RefRecurrent.Input(
                    x.cube(), mask, h0 == null ? null : h0.matrix(), drop == null ? null : drop.matrix()));
            RefTensor last = RefTensor.of(tape.last());
            RefTensor y = sequences
                    ? RefTensor.of(tape.outputs()).reshape(x.shape()[0], x.shape()[1], last.shape()[1])
                    : RefTensor.of(tape.lastOutput());
            return new RefLayers.Simple(List.of(y, last), sequences ? mask : null, layer.kinkDistance(tape),
                    tape.largest(),
                    (gOutputs, gradients) -> {
                        RefRecurrent.Result g = backward(layer, tape, sequences, gOutputs);
                        addWeights(g.weights(), gradients);
                        RefTensor gX = RefTensor.of(g.x()).reshape(x.shape());
                        RefTensor gH0 = RefTensor.of(g.h0());
                        gradients.add("init/" + name + "/h", gH0);
                        return inputs.size() == 2 ? List.of(gX, gH0) : List.of(gX);
                    });
        };
    }

    private static RefRecurrent.Result backward(
            RefRecurrent layer, RefRecurrent.Tape tape, boolean sequences, List<RefTensor> gOutputs) {
        double[][] gH = gOutputs.get(1).matrix();
        if (sequences) {
            return layer.backward(tape, gOutputs.getFirst().cube(), gH);
        }
        double[][] gLast = gOutputs.getFirst().matrix();
        return tape.outputs()[0].length == 0
                ? layer.backward(tape, null, RefLayers.plus(gH, gLast))
                : layer.backward(tape, RefLayers.atLastStep(gLast, tape.outputs()), gH);
    }

    private RefCell.Weights weights(Map<String, RefTensor> given) {
        RefTensor bias = given.get("w/" + name + "/bias");
        double[][] kernel = given.get("w/" + name + "/kernel").matrix();
        int columns = kernel[0].length;
        return new RefCell.Weights(kernel, given.get("w/" + name + "/recurrent_kernel").matrix(),
                bias == null ? null : bias.reshape(bias.values().length / columns, columns).matrix());
    }

    private void addWeights(RefCell.Gradients g, RefGraph.Gradients gradients) {
        gradients.add("w/" + name + "/kernel", RefTensor.of(g.kernel));
        gradients.add("w/" + name + "/recurrent_kernel", RefTensor.of(g.recurrentKernel));
        gradients.addSizes("w/" + name + "/kernel", RefTensor.of(g.kernelSizes));
        gradients.addSizes("w/" + name + "/recurrent_kernel", RefTensor.of(g.recurrentSizes));
        if (g.bias != null) {
            gradients.add("w/" + name + "/bias", biasShaped(g.bias));
            gradients.addSizes("w/" + name + "/bias", biasShaped(g.biasSizes));
        }
    }

    private static RefTensor biasShaped(double[][] bias) {
        RefTensor rows = RefTensor.of(bias);
        return bias.length == 1 ? rows.reshape(bias[0].length) : rows;
    }
}
