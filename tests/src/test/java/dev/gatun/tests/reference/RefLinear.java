package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * States {@code s_i' = x K_i + s_0 R_i} over time; what a step gives is their sum, or the states side by side.
 *
 * @param layer     its name; weights are given as {@code w/<layer>/kernel_0, w/<layer>/recurrent_kernel_0, ...}
 * @param sizes     widths of the states
 * @param adds      whether the states are added
 * @param sequences whether all outputs are returned
 * @param backwards whether the last step comes first
 */
public record RefLinear(String layer, List<Integer> sizes, boolean adds, boolean sequences, boolean backwards)
        implements
            RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        int batch = x.shape()[0];
        int time = x.shape()[1];
        int width = adds ? sizes.getFirst() : sizes.stream().mapToInt(size -> size).sum();
        double[][][] cube = x.cube();
        double[][][] y = new double[batch][time][width];
        double[][][][] states = new double[batch][time + 1][sizes.size()][];
        for (int b = 0; b < batch; b++) {
            for (int i = 0; i < sizes.size(); i++) {
                states[b][0][i] = inputs.size() > 1
                        ? inputs.get(1 + i).matrix()[b].clone()
                        : new double[sizes.get(i)];
            }
            for (int s = 0; s < time; s++) {
                int place = 0;
                for (int i = 0; i < sizes.size(); i++) {
                    states[b][s + 1][i] = new double[sizes.get(i)];
                    for (int u = 0; u < sizes.get(i); u++) {
                        double value = RefCell.product(cube[b][step(s, time)], kernel(given, i), u)
                                + RefCell.product(states[b][s][0], recurrent(given, i), u);
                        states[b][s + 1][i][u] = value;
                        y[b][s][place + u] += value;
                    }
                    place += adds ? 0 : sizes.get(i);
                }
            }
        }
        List<RefTensor> outputs = new ArrayList<>();
        outputs.add(sequences ? RefTensor.of(y) : RefTensor.of(ofEach(y, time - 1)));
        for (int i = 0; i < sizes.size(); i++) {
            int state = i;
            outputs.add(RefTensor.of(Arrays.stream(states).map(row -> row[time][state]).toArray(double[][]::new)));
        }
        return new RefLayers.Simple(outputs, sequences ? mask : null, Double.POSITIVE_INFINITY,
                RefTensor.of(y).largest(),
                (gOutputs, gradients) -> back(new Pass(cube, states, inputs.size() > 1), given, gOutputs, gradients));
    }

    private record Pass(double[][][] x, double[][][][] states, boolean begins) {}

    private List<RefTensor> back(
            Pass pass, Map<String, RefTensor> given, List<RefTensor> gOutputs, RefGraph.Gradients gradients) {
        int batch = pass.x.length;
        int time = pass.x[0].length;
        double[][][] gX = new double[batch][time][pass.x[0][0].length];
        double[][][] gBegin = new double[sizes.size()][batch][];
        double[][][] gKernels = new double[sizes.size()][][];
        double[][][] gRecurrents = new double[sizes.size()][][];
        for (int i = 0; i < sizes.size(); i++) {
            gKernels[i] = new double[kernel(given, i).length][sizes.get(i)];
            gRecurrents[i] = new double[sizes.getFirst()][sizes.get(i)];
        }
        for (int b = 0; b < batch; b++) {
            double[][] g = new double[sizes.size()][];
            for (int i = 0; i < sizes.size(); i++) {
                g[i] = gOutputs.get(1 + i).matrix()[b].clone();
            }
            for (int s = time - 1; s >= 0; s--) {
                double[] gY = sequences
                        ? gOutputs.getFirst().cube()[b][s]
                        : s == time - 1 ? gOutputs.getFirst().matrix()[b] : null;
                double[] gFirst = new double[sizes.getFirst()];
                int place = 0;
                for (int i = 0; i < sizes.size(); i++) {
                    for (int u = 0; u < sizes.get(i); u++) {
                        double slope = g[i][u] + (gY == null ? 0 : gY[place + u]);
                        RefCell.productBackward(slope, pass.x[b][step(s, time)], kernel(given, i), u,
                                gX[b][step(s, time)], gKernels[i], new double[gKernels[i].length][sizes.get(i)]);
                        RefCell.productBackward(slope, pass.states[b][s][0], recurrent(given, i), u, gFirst,
                                gRecurrents[i], new double[sizes.getFirst()][sizes.get(i)]);
                    }
                    place += adds ? 0 : sizes.get(i);
                    g[i] = new double[sizes.get(i)];
                }
                g[0] = gFirst;
            }
            for (int i = 0; i < sizes.size(); i++) {
                gBegin[i][b] = g[i];
            }
        }
        List<RefTensor> gInputs = new ArrayList<>(List.of(RefTensor.of(gX)));
        for (int i = 0; i < sizes.size(); i++) {
            gradients.add("w/" + layer + "/kernel_" + i, RefTensor.of(gKernels[i]));
            gradients.add("w/" + layer + "/recurrent_kernel_" + i, RefTensor.of(gRecurrents[i]));
            if (pass.begins) {
                gInputs.add(RefTensor.of(gBegin[i]));
            }
        }
        return gInputs;
    }

    private double[][] kernel(Map<String, RefTensor> given, int state) {
        return given.get("w/" + layer + "/kernel_" + state).matrix();
    }

    private double[][] recurrent(Map<String, RefTensor> given, int state) {
        return given.get("w/" + layer + "/recurrent_kernel_" + state).matrix();
    }

    private int step(int s, int time) {
        return backwards ? time - 1 - s : s;
    }

    private static double[][] ofEach(double[][][] rows, int step) {
        return Arrays.stream(rows).map(row -> row[step]).toArray(double[][]::new);
    }
}
