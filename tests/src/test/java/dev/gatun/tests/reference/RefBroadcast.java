package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A layer that merges values number by number; sizes are equal or 1, and of a value of fewer axes those behind the batch are
 * missing.
 *
 * @param kind Keras's class
 */
public record RefBroadcast(String kind) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        int[] shape = shape(inputs);
        RefTensor y = RefTensor.zeros(shape);
        double kink = Double.POSITIVE_INFINITY;
        for (int i = 0; i < y.values().length; i++) {
            double[] x = numbers(inputs, shape, i);
            y.values()[i] = merged(x);
            kink = Math.min(kink, kink(x));
        }
        return new RefLayers.Simple(y, null, kink, (gOutputs, gradients) -> {
            List<RefTensor> back = new ArrayList<>();
            inputs.forEach(input -> back.add(RefTensor.zeros(input.shape())));
            for (int i = 0; i < y.values().length; i++) {
                double[] x = numbers(inputs, shape, i);
                for (int input = 0; input < x.length; input++) {
                    back.get(input).values()[place(inputs.get(input).shape(), shape, i)] += gOutputs.getFirst()
                            .values()[i] * slope(x, input);
                }
            }
            return back;
        });
    }

    private double merged(double[] x) {
        return switch (kind) {
            case "Add" -> Arrays.stream(x).sum();
            case "Average" -> Arrays.stream(x).sum() / x.length;
            case "Subtract" -> x[0] - x[1];
            case "Multiply" -> Arrays.stream(x).reduce(1, (a, b) -> a * b);
            case "Maximum" -> Arrays.stream(x).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case "Minimum" -> Arrays.stream(x).reduce(Double.POSITIVE_INFINITY, Math::min);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private double slope(double[] x, int input) {
        return switch (kind) {
            case "Add" -> 1;
            case "Average" -> 1.0 / x.length;
            case "Subtract" -> input == 0 ? 1 : -1;
            case "Multiply" -> {
                double others = 1;
                for (int i = 0; i < x.length; i++) {
                    others *= i == input ? 1 : x[i];
                }
                yield others;
            }
            default -> x[input] == merged(x) ? 1 : 0;
        };
    }

    /** Of a largest or smallest, how near the next one is. */
    private double kink(double[] x) {
        if (!kind.startsWith("M") || kind.equals("Multiply")) {
            return Double.POSITIVE_INFINITY;
        }
        double kink = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            for (int j = i + 1; j < x.length; j++) {
                kink = Math.min(kink, Math.abs(x[i] - x[j]));
            }
        }
        return kink;
    }

    private static int[] shape(List<RefTensor> inputs) {
        int rank = inputs.stream().mapToInt(input -> input.shape().length).max().orElseThrow();
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        for (RefTensor input : inputs) {
            int[] own = input.shape();
            shape[0] = own[0];
            for (int axis = 1; axis < own.length; axis++) {
                shape[rank - axis] = Math.max(shape[rank - axis], own[own.length - axis]);
            }
        }
        return shape;
    }

    private static double[] numbers(List<RefTensor> inputs, int[] shape, int i) {
        return inputs.stream().mapToDouble(input -> input.values()[place(input.shape(), shape, i)]).toArray();
    }

    /** Where a number of the result has its part in an input. */
    private static int place(int[] own, int[] shape, int i) {
        int[] index = RefMove.index(i, shape);
        int[] at = new int[own.length];
        at[0] = index[0];
        for (int axis = 1; axis < own.length; axis++) {
            int size = own[own.length - axis];
            at[own.length - axis] = size == 1 ? 0 : index[shape.length - axis];
        }
        return RefMove.flat(own, at);
    }
}
