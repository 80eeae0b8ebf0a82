package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One number of those along some axes.
 *
 * @param function its name: mean, sum, max, min, any, all
 * @param keeps    whether the axes stay
 * @param axes     counted from the batch
 */
public record RefReduction(String function, boolean keeps, int... axes) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor x = inputs.getFirst();
        int[] ones = x.shape().clone();
        Arrays.stream(axes).forEach(axis -> ones[axis] = 1);
        List<List<Double>> groups = new ArrayList<>();
        for (int i = 0; i < RefMove.size(ones); i++) {
            groups.add(new ArrayList<>());
        }
        for (int i = 0; i < x.values().length; i++) {
            groups.get(place(i, x, ones)).add(x.values()[i]);
        }
        int[] shape = keeps ? ones : without(ones);
        RefTensor y = new RefTensor(shape, groups.stream().mapToDouble(this::reduced).toArray());
        return new RefLayers.Simple(y, null, (gOutputs, gradients) -> {
            RefTensor back = RefTensor.zeros(x.shape());
            for (int i = 0; i < x.values().length; i++) {
                int at = place(i, x, ones);
                back.values()[i] = gOutputs.getFirst().values()[at] * switch (function) {
                    case "sum" -> 1;
                    case "mean" -> 1.0 / groups.get(at).size();
                    case "max", "min" -> x.values()[i] == y.values()[at] ? 1 : 0;
                    default -> 0;
                };
            }
            return List.of(back);
        });
    }

    private double reduced(List<Double> numbers) {
        return switch (function) {
            case "sum" -> numbers.stream().mapToDouble(x -> x).sum();
            case "mean" -> numbers.stream().mapToDouble(x -> x).sum() / numbers.size();
            case "max" -> numbers.stream().mapToDouble(x -> x).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case "min" -> numbers.stream().mapToDouble(x -> x).reduce(Double.POSITIVE_INFINITY, Math::min);
            case "any" -> numbers.stream().anyMatch(x -> x != 0) ? 1 : 0;
            case "all" -> numbers.stream().allMatch(x -> x != 0) ? 1 : 0;
            default -> throw new IllegalArgumentException(function);
        };
    }

    private static int place(int i, RefTensor x, int[] ones) {
        int[] index = RefMove.index(i, x.shape());
        for (int axis = 0; axis < index.length; axis++) {
            index[axis] = Math.min(index[axis], ones[axis] - 1);
        }
        return RefMove.flat(ones, index);
    }

    private int[] without(int[] ones) {
        return java.util.stream.IntStream.range(0, ones.length)
                .filter(axis -> Arrays.stream(axes).noneMatch(gone -> gone == axis)).map(axis -> ones[axis]).toArray();
    }
}
