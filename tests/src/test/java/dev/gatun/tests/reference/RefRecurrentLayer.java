package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.Node;
import java.util.Arrays;
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
    /** With what the names of each gate's weights begin; one nothing where all gates share them. */
    private final List<String> gates;

    private RefRecurrentLayer(String name, Maker maker, boolean goBackwards) {
        this(name, maker, goBackwards, List.of(""));
    }

    private RefRecurrentLayer(String name, Maker maker, boolean goBackwards, List<String> gates) {
        this.gates = gates;
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

    /** The minimal gated unit of docs/own-cell.md, whose gates have weights apart. */
    public static RefRecurrentLayer minimalGated(String name, boolean goBackwards) {
        return new RefRecurrentLayer(name, RefMinimalGated::new, goBackwards, List.of("forget_", "candidate_"));
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
        double[][] kernel = matrix(given, "kernel");
        double[][] bias = given.containsKey(weight(gates.getFirst(), "bias")) ? matrix(given, "bias") : null;
        return new RefCell.Weights(kernel, matrix(given, "recurrent_kernel"), bias);
    }

    private String weight(String gate, String kind) {
        return "w/" + name + "/" + gate + kind;
    }

    /** The gates' columns side by side; a bias may have one axis. */
    private double[][] matrix(Map<String, RefTensor> given, String kind) {
        double[][] all = null;
        for (String gate : gates) {
            RefTensor own = given.get(weight(gate, kind));
            double[][] part = (own.shape().length == 1 ? own.reshape(1, own.values().length) : own).matrix();
            all = all == null ? part : beside(all, part);
        }
        return all;
    }

    private static double[][] beside(double[][] left, double[][] right) {
        double[][] both = new double[left.length][];
        for (int row = 0; row < both.length; row++) {
            both[row] = Arrays.copyOf(left[row], left[row].length + right[row].length);
            System.arraycopy(right[row], 0, both[row], left[row].length, right[row].length);
        }
        return both;
    }

    private void addWeights(RefCell.Gradients g, RefGraph.Gradients gradients) {
        add("kernel", g.kernel, g.kernelSizes, gradients);
        add("recurrent_kernel", g.recurrentKernel, g.recurrentSizes, gradients);
        if (g.bias != null) {
            add("bias", g.bias, g.biasSizes, gradients);
        }
    }

    private void add(String kind, double[][] gradient, double[][] sizes, RefGraph.Gradients gradients) {
        int columns = gradient[0].length / gates.size();
        for (int gate = 0; gate < gates.size(); gate++) {
            String own = weight(gates.get(gate), kind);
            gradients.add(own, shaped(kind, columns(gradient, gate * columns, columns)));
            gradients.addSizes(own, shaped(kind, columns(sizes, gate * columns, columns)));
        }
    }

    private static double[][] columns(double[][] matrix, int first, int count) {
        return Arrays.stream(matrix).map(row -> Arrays.copyOfRange(row, first, first + count))
                .toArray(double[][]::new);
    }

    private static RefTensor shaped(String kind, double[][] rows) {
        RefTensor tensor = RefTensor.of(rows);
        return kind.equals("bias") && rows.length == 1 ? tensor.reshape(rows[0].length) : tensor;
    }
}
