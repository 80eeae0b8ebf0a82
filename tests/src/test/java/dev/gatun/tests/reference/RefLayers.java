package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.Gradients;
import dev.gatun.tests.reference.RefGraph.Node;
import dev.gatun.tests.reference.RefGraph.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The layers as nodes of a {@link RefGraph}: they look up numbers by name and hand them to the plain equations. */
final class RefLayers {
    private RefLayers() {}

    /** A node's run whose way back is a function; the mask travels on. */
    record Simple(
            List<RefTensor> outputs,
            boolean[][] mask,
            double kinkDistance,
            double largest,
            BiFunction<List<RefTensor>, Gradients, List<RefTensor>> way)
            implements
                Step {
        Simple(RefTensor output, boolean[][] mask, BiFunction<List<RefTensor>, Gradients, List<RefTensor>> way) {
            this(output, mask, Double.POSITIVE_INFINITY, way);
        }

        Simple(RefTensor output, boolean[][] mask, double kinkDistance,
                BiFunction<List<RefTensor>, Gradients, List<RefTensor>> way) {
            this(List.of(output), mask, kinkDistance, output.largest(), way);
        }

        @Override
        public List<RefTensor> backward(List<RefTensor> gOutputs, Gradients gradients) {
            return way.apply(gOutputs, gradients);
        }
    }

    /** Numbers given under {@code name}; a given {@code mask [B,T]} belongs to it. */
    static Node input(String name) {
        return (inputs, none, given) -> {
            boolean[][] mask = given.containsKey("mask") ? booleans(given.get("mask")) : null;
            return new Simple(require(given, name), mask, (gOutputs, gradients) -> {
                gradients.add(name, gOutputs.getFirst());
                return List.of();
            });
        };
    }

    static Node dense(String layer, RefActivation activation) {
        return (inputs, mask, given) -> {
            RefTensor x = inputs.getFirst();
            RefTensor bias = given.get("w/" + layer + "/bias");
            RefDense dense = new RefDense(
                    require(given, "w/" + layer + "/kernel").matrix(), bias == null ? null : bias.values(), activation);
            RefDense.Tape tape = dense.forward(x.matrix());
            RefTensor y = RefTensor.of(tape.y());
            int[] shape = x.shape().clone();
            shape[shape.length - 1] = y.shape()[1];
            return new Simple(y.reshape(shape), mask, dense.kinkDistance(tape), (gOutputs, gradients) -> {
                RefDense.Gradients g = dense.backward(tape, gOutputs.getFirst().matrix());
                gradients.add("w/" + layer + "/kernel", RefTensor.of(g.kernel()));
                gradients.add("w/" + layer + "/bias", vector(g.bias()));
                gradients.addSizes("w/" + layer + "/kernel", RefTensor.of(g.kernelSizes()));
                gradients.addSizes("w/" + layer + "/bias", vector(g.biasSizes()));
                return List.of(RefTensor.of(g.x()).reshape(x.shape()));
            });
        };
    }

    static Node activation(RefActivation activation) {
        return (inputs, mask, given) -> {
            RefTensor x = inputs.getFirst();
            RefTensor rows = RefTensor.of(RefActivationLayer.forward(activation, x.matrix()));
            int[] shape = x.shape().clone();
            shape[shape.length - 1] = rows.shape()[1];
            RefTensor y = rows.reshape(shape);
            double kink = RefActivationLayer.kinkDistance(activation, x.matrix());
            return new Simple(y, mask, kink, (gOutputs, gradients) -> {
                double[][] gY = gOutputs.getFirst().matrix();
                return List.of(
                        RefTensor.of(RefActivationLayer.backward(activation, x.matrix(), gY)).reshape(x.shape()));
            });
        };
    }

    static Node dropout(String layer) {
        return (inputs, mask, given) -> {
            RefTensor x = inputs.getFirst();
            RefTensor drop = given.get("dropmask/" + layer);
            double[] factors = drop == null ? null : drop.values();
            return new Simple(
                    new RefTensor(x.shape(), RefDropout.apply(x.values(), factors)),
                    mask,
                    (gOutputs, gradients) -> List.of(new RefTensor(
                            x.shape(), RefDropout.apply(gOutputs.getFirst().values(), factors))));
        };
    }

    static Node lstm(String layer, RefLstm.Options options, boolean sequences) {
        return (inputs, mask, given) -> {
            RefTensor bias = given.get("w/" + layer + "/bias");
            RefLstm lstm = new RefLstm(
                    new RefLstm.Weights(
                            require(given, "w/" + layer + "/kernel").matrix(),
                            require(given, "w/" + layer + "/recurrent_kernel").matrix(),
                            bias == null ? null : bias.values()),
                    options);
            boolean wired = inputs.size() == 3;
            RefTensor h0 = wired ? inputs.get(1) : given.get("init/" + layer + "/h");
            RefTensor c0 = wired ? inputs.get(2) : given.get("init/" + layer + "/c");
            RefLstm.Tape tape = lstm.forward(new RefLstm.Input(
                    inputs.getFirst().cube(),
                    mask,
                    h0 == null ? null : h0.matrix(),
                    c0 == null ? null : c0.matrix(),
                    perGate(given.get("dropmask/" + layer + "/input")),
                    perGate(given.get("dropmask/" + layer + "/recurrent"))));
            RefTensor x = inputs.getFirst();
            RefTensor lastH = RefTensor.of(tape.lastH());
            RefTensor y = sequences
                    ? RefTensor.of(tape.outputs()).reshape(x.shape()[0], x.shape()[1], lastH.shape()[1])
                    : RefTensor.of(tape.lastOutput());
            List<RefTensor> outputs = List.of(y, lastH, RefTensor.of(tape.lastC()));
            boolean[][] travels = sequences ? mask : null;
            double largest = Math.max(RefTensor.of(tape.z()).largest(), RefTensor.of(tape.c()).largest());
            return new Simple(outputs, travels, lstm.kinkDistance(tape), largest, (gOutputs, gradients) -> {
                RefLstm.Gradients g = lstm.backward(
                        tape,
                        sequences ? gOutputs.get(0).cube() : atLastStep(gOutputs.get(0).matrix(), tape.outputs()),
                        plus(gOutputs.get(1).matrix(), sequences || x.shape()[1] > 0 ? null : gOutputs.get(0).matrix()),
                        gOutputs.get(2).matrix());
                RefTensor gX = RefTensor.of(g.x()).reshape(x.shape());
                RefTensor gH0 = RefTensor.of(g.h0());
                RefTensor gC0 = RefTensor.of(g.c0());
                gradients.add("w/" + layer + "/kernel", RefTensor.of(g.kernel()));
                gradients.add("w/" + layer + "/recurrent_kernel", RefTensor.of(g.recurrentKernel()));
                gradients.add("w/" + layer + "/bias", vector(g.bias()));
                gradients.addSizes("w/" + layer + "/kernel", RefTensor.of(g.sizes().kernel()));
                gradients.addSizes("w/" + layer + "/recurrent_kernel", RefTensor.of(g.sizes().recurrentKernel()));
                gradients.addSizes("w/" + layer + "/bias", vector(g.sizes().bias()));
                gradients.add("init/" + layer + "/h", gH0);
                gradients.add("init/" + layer + "/c", gC0);
                return wired ? List.of(gX, gH0, gC0) : List.of(gX);
            });
        };
    }

    /** Keras's Masking: a step of nothing but {@code maskValue} is masked, and its numbers become zero. */
    static Node masking(double maskValue) {
        return (inputs, none, given) -> {
            double[][][] x = inputs.getFirst().cube();
            boolean[][] mask = new boolean[x.length][x[0].length];
            for (int b = 0; b < x.length; b++) {
                for (int t = 0; t < x[b].length; t++) {
                    mask[b][t] = Arrays.stream(x[b][t]).anyMatch(v -> v != maskValue);
                }
            }
            return new Simple(
                    RefTensor.of(zeroMasked(x, mask)),
                    mask,
                    (gOutputs, gradients) -> List.of(RefTensor.of(zeroMasked(gOutputs.getFirst().cube(), mask))));
        };
    }

    private static double[][][] zeroMasked(double[][][] x, boolean[][] mask) {
        double[][][] y = new double[x.length][x[0].length][x[0][0].length];
        for (int b = 0; b < x.length; b++) {
            for (int t = 0; t < x[b].length; t++) {
                if (mask[b][t]) {
                    y[b][t] = x[b][t].clone();
                }
            }
        }
        return y;
    }

    /** Without steps the last output is the first h. */
    static double[][] plus(double[][] gH, double[][] gLast) {
        double[][] sum = new double[gH.length][];
        for (int b = 0; b < gH.length; b++) {
            sum[b] = gH[b].clone();
            for (int u = 0; gLast != null && u < sum[b].length; u++) {
                sum[b][u] += gLast[b][u];
            }
        }
        return sum;
    }

    static double[][][] atLastStep(double[][] gLast, double[][][] outputs) {
        double[][][] gOutputs = new double[outputs.length][outputs[0].length][gLast[0].length];
        for (int b = 0; b < gOutputs.length && gOutputs[b].length > 0; b++) {
            gOutputs[b][gOutputs[b].length - 1] = gLast[b];
        }
        return gOutputs;
    }

    /** A dropout mask {@code [B,F]} for all four gates, or one per gate {@code [4,B,F]}. */
    private static double[][][] perGate(RefTensor mask) {
        if (mask == null) {
            return null;
        }
        if (mask.shape().length == 3) {
            return mask.cube();
        }
        double[][] one = mask.matrix();
        return new double[][][] {one, one, one, one};
    }

    private static RefTensor require(Map<String, RefTensor> given, String name) {
        RefTensor tensor = given.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("not given: " + name + "; given are " + given.keySet());
        }
        return tensor;
    }

    private static RefTensor vector(double[] values) {
        return values == null ? null : new RefTensor(new int[] {values.length}, values);
    }

    private static boolean[][] booleans(RefTensor mask) {
        double[][] rows = mask.matrix();
        boolean[][] flags = new boolean[rows.length][rows[0].length];
        for (int b = 0; b < rows.length; b++) {
            for (int t = 0; t < rows[b].length; t++) {
                flags[b][t] = rows[b][t] != 0;
            }
        }
        return flags;
    }
}
