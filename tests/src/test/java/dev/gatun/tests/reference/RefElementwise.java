package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A function of single numbers of values whose sizes are equal or 1; slopes are taken by central differences.
 *
 * @param function of the numbers that meet, in the order of the inputs
 */
public record RefElementwise(ToDoubleFunction<double[]> function) implements RefGraph.Node {

    private static final double STEP = 1e-6;

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        int[] shape = inputs.getFirst().shape().clone();
        for (RefTensor input : inputs) {
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = Math.max(shape[axis], input.shape()[axis]);
            }
        }
        RefTensor y = RefTensor.zeros(shape);
        for (int i = 0; i < y.values().length; i++) {
            y.values()[i] = function.applyAsDouble(numbers(inputs, shape, i));
        }
        return new RefLayers.Simple(y, null, (gOutputs, gradients) -> {
            List<RefTensor> back = new ArrayList<>();
            inputs.forEach(input -> back.add(RefTensor.zeros(input.shape())));
            for (int i = 0; i < y.values().length; i++) {
                double[] x = numbers(inputs, shape, i);
                for (int input = 0; input < x.length; input++) {
                    back.get(input).values()[place(inputs.get(input), shape, i)] += gOutputs.getFirst().values()[i]
                            * slope(x, input);
                }
            }
            return back;
        });
    }

    private double slope(double[] x, int input) {
        double[] more = x.clone();
        double[] less = x.clone();
        more[input] += STEP;
        less[input] -= STEP;
        return (function.applyAsDouble(more) - function.applyAsDouble(less)) / (2 * STEP);
    }

    private static double[] numbers(List<RefTensor> inputs, int[] shape, int i) {
        return inputs.stream().mapToDouble(input -> input.values()[place(input, shape, i)]).toArray();
    }

    private static int place(RefTensor input, int[] shape, int i) {
        int[] index = RefMove.index(i, shape);
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] = input.shape()[axis] == 1 ? 0 : index[axis];
        }
        return RefMove.flat(input.shape(), index);
    }
}
