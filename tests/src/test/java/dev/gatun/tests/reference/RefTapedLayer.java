package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent layer over time as a node of a {@link RefGraph}, its cell written on a {@link RefTape}. Masked steps keep the states
 * and repeat the output before them, which is zero before the first valid step, or give zeros.
 *
 * @param name    of the layer
 * @param maker   of the cell, from its weights
 * @param options about the sequence
 */
record RefTapedLayer(String name, Maker maker, Options options) implements RefGraph.Node {

    /** A cell: the states after a step from what it reads and those before it. The first is h. */
    interface Cell {
        int[][] step(int[] x, int[][] before);
    }

    /** Makes a cell on a tape. */
    interface Maker {
        Cell of(RefTape tape, Weights weights);
    }

    /**
     * What a layer says about the sequence.
     *
     * @param widths       of the states
     * @param sequences    whether all steps are given
     * @param goBackwards  whether the last step comes first
     * @param zeroesMasked whether masked steps give zeros
     * @param learned      whether the states begin at weights {@code initial_h}, {@code initial_c}
     */
    record Options(
            List<Integer> widths, boolean sequences, boolean goBackwards, boolean zeroesMasked, boolean learned) {}

    /** The weights of a layer on a tape. */
    static final class Weights {
        private final RefTape tape;
        private final String layer;
        private final Map<String, RefTensor> given;
        private final Map<String, int[]> numbers = new LinkedHashMap<>();

        private Weights(RefTape tape, String layer, Map<String, RefTensor> given) {
            this.tape = tape;
            this.layer = layer;
            this.given = given;
        }

        private String full(String weight) {
            return "w/" + layer + "/" + weight;
        }

        boolean has(String weight) {
            return given.containsKey(full(weight));
        }

        int[] vector(String weight) {
            return numbers.computeIfAbsent(weight, which -> tape.given(given.get(full(which)).values()));
        }

        /** In rows. */
        int[][] matrix(String weight) {
            int[] all = vector(weight);
            int columns = given.get(full(weight)).last();
            int[][] rows = new int[all.length / columns][];
            Arrays.setAll(rows, row -> Arrays.copyOfRange(all, row * columns, (row + 1) * columns));
            return rows;
        }

        private void give(double[] gradients, Gradients to) {
            numbers.forEach((weight, places) -> to.add(full(weight),
                    new RefTensor(given.get(full(weight)).shape(), at(gradients, places))));
        }
    }

    private static double[] at(double[] gradients, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> gradients[place]).toArray();
    }

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTape tape = new RefTape();
        Weights weights = new Weights(tape, name, given);
        Cell cell = maker.of(tape, weights);
        int zero = tape.given(0);
        RefTensor x = inputs.getFirst();
        int batch = x.shape()[0];
        int time = x.shape()[1];
        int columns = x.last();
        int[] read = tape.given(x.values());
        List<int[]> begins = new ArrayList<>();
        inputs.subList(1, inputs.size()).forEach(state -> begins.add(tape.given(state.values())));
        int[][] y = new int[batch * (options.sequences ? time : 1)][];
        int[][][] last = new int[batch][][];
        for (int b = 0; b < batch; b++) {
            int[][] states = begin(weights, begins, b, zero);
            int[] zeros = filled(options.widths.getFirst(), zero);
            int[] output = time == 0 ? states[0] : zeros;
            for (int s = 0; s < time; s++) {
                int t = options.goBackwards ? time - 1 - s : s;
                if (mask == null || mask[b][t]) {
                    int from = (b * time + t) * columns;
                    states = cell.step(Arrays.copyOfRange(read, from, from + columns), states);
                    output = states[0];
                } else if (options.zeroesMasked) {
                    output = zeros;
                }
                if (options.sequences) {
                    y[b * time + s] = output;
                }
            }
            if (!options.sequences) {
                y[b] = output;
            }
            last[b] = states;
        }
        List<int[]> places = new ArrayList<>(List.of(joined(y)));
        for (int state = 0; state < options.widths.size(); state++) {
            int which = state;
            places.add(joined(Arrays.stream(last).map(row -> row[which]).toArray(int[][]::new)));
        }
        List<RefTensor> outputs = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            int width = options.widths.get(Math.max(0, i - 1));
            int[] shape = i == 0 && options.sequences ? new int[] {batch, time, width} : new int[] {batch, width};
            outputs.add(new RefTensor(shape, tape.values(places.get(i))));
        }
        return new RefLayers.Simple(outputs, options.sequences ? mask : null, tape.kinkDistance(), tape.largest(),
                (gOutputs, gradients) -> {
                    double[] all = new double[tape.size()];
                    for (int i = 0; i < places.size(); i++) {
                        double[] g = gOutputs.get(i).values();
                        for (int k = 0; k < g.length; k++) {
                            all[places.get(i)[k]] += g[k];
                        }
                    }
                    tape.backward(all);
                    weights.give(all, gradients);
                    List<RefTensor> back = new ArrayList<>(List.of(new RefTensor(x.shape(), at(all, read))));
                    for (int i = 0; i < begins.size(); i++) {
                        back.add(new RefTensor(inputs.get(i + 1).shape(), at(all, begins.get(i))));
                    }
                    return back;
                });
    }

    private int[][] begin(Weights weights, List<int[]> begins, int b, int zero) {
        int[][] states = new int[options.widths.size()][];
        for (int i = 0; i < states.length; i++) {
            int width = options.widths.get(i);
            if (options.learned) {
                states[i] = weights.vector(i == 0 ? "initial_h" : "initial_c");
            } else {
                states[i] = begins.isEmpty()
                        ? filled(width, zero)
                        : Arrays.copyOfRange(begins.get(i), b * width, (b + 1) * width);
            }
        }
        return states;
    }

    private static int[] filled(int width, int number) {
        int[] all = new int[width];
        Arrays.fill(all, number);
        return all;
    }

    private static int[] joined(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }
}
