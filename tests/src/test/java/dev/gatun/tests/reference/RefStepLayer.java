package dev.gatun.tests.reference;

import dev.gatun.tests.reference.RefGraph.Gradients;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer that makes steps of the steps of one sequence, its equations written on a {@link RefTape}.
 *
 * @param name      of the layer
 * @param flat      whether its one step is a value without steps
 * @param equations what it makes of a sequence
 */
record RefStepLayer(String name, boolean flat, Equations equations) implements RefGraph.Node {

    /** What a layer makes of a sequence of numbers on a tape. */
    interface Equations {
        /**
         * @param x      of each step its features
         * @param counts which steps a mask leaves in; null if all
         */
        int[][] of(RefTape tape, int[][] x, boolean[] counts, Weights weights);
    }

    /** The weights of a layer on a tape, each fetched once. */
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

        /** Of a kernel [K,R,C] one number. */
        int number(String weight, int tap, int row, int column) {
            int[] shape = given.get(full(weight)).shape();
            return all(weight)[(tap * shape[1] + row) * shape[2] + column];
        }

        /** A bias, or a zero where there is none. */
        int bias(int column) {
            return given.containsKey(full("bias")) ? all("bias")[column] : tape.given(0);
        }

        int size(String weight, int axis) {
            return given.get(full(weight)).shape()[axis];
        }

        private int[] all(String weight) {
            return numbers.computeIfAbsent(weight, which -> tape.given(given.get(full(which)).values()));
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
        RefTensor x = inputs.getFirst();
        int batch = x.shape()[0];
        int time = x.shape()[1];
        int[] read = tape.given(x.values());
        List<int[]> rows = new ArrayList<>();
        for (int b = 0; b < batch; b++) {
            int[][] steps = new int[time][];
            for (int t = 0; t < time; t++) {
                int from = (b * time + t) * x.last();
                steps[t] = Arrays.copyOfRange(read, from, from + x.last());
            }
            rows.addAll(List.of(equations.of(tape, steps, mask == null ? null : mask[b], weights)));
        }
        int[] made = rows.stream().flatMapToInt(Arrays::stream).toArray();
        int width = rows.getFirst().length;
        int[] shape = flat ? new int[] {batch, width} : new int[] {batch, rows.size() / batch, width};
        RefTensor y = new RefTensor(shape, tape.values(made));
        return new RefLayers.Simple(List.of(y), null, tape.kinkDistance(), tape.largest(), (gOutputs, gradients) -> {
            double[] all = new double[tape.size()];
            for (int i = 0; i < made.length; i++) {
                all[made[i]] += gOutputs.getFirst().values()[i];
            }
            tape.backward(all);
            weights.give(all, gradients);
            return List.of(new RefTensor(x.shape(), at(all, read)));
        });
    }
}
