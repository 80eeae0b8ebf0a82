package dev.gatun.tests.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The end of a Bidirectional layer: two halves [B,U], or [B,T,U] of which the second stands in processing order.
 *
 * @param mode of Keras, none for None
 */
public record RefMerge(String mode) implements RefGraph.Node {

    @Override
    public RefGraph.Step forward(List<RefTensor> inputs, boolean[][] mask, Map<String, RefTensor> given) {
        RefTensor forward = inputs.get(0);
        RefTensor backward = turned(inputs.get(1));
        List<RefTensor> outputs = mode.equals("none")
                ? List.of(forward, backward)
                : List.of(merged(forward, backward));
        return new Run(forward, backward, outputs);
    }

    private RefTensor merged(RefTensor one, RefTensor other) {
        if (mode.equals("concat")) {
            return concat(one, other);
        }
        RefTensor merged = RefTensor.zeros(one.shape());
        for (int i = 0; i < one.values().length; i++) {
            double a = one.values()[i];
            double b = other.values()[i];
            merged.values()[i] = switch (mode) {
                case "sum" -> a + b;
                case "mul" -> a * b;
                case "ave" -> (a + b) / 2;
                default -> throw new IllegalArgumentException(mode);
            };
        }
        return merged;
    }

    private static RefTensor concat(RefTensor one, RefTensor other) {
        int left = last(one);
        int right = last(other);
        int[] shape = one.shape().clone();
        shape[shape.length - 1] = left + right;
        RefTensor merged = RefTensor.zeros(shape);
        for (int row = 0; row < one.values().length / left; row++) {
            System.arraycopy(one.values(), row * left, merged.values(), row * (left + right), left);
            System.arraycopy(other.values(), row * right, merged.values(), row * (left + right) + left, right);
        }
        return merged;
    }

    private static int last(RefTensor tensor) {
        return tensor.shape()[tensor.shape().length - 1];
    }

    private static RefTensor turned(RefTensor tensor) {
        RefTensor turned = RefTensor.zeros(tensor.shape());
        int columns = last(tensor);
        int time = tensor.shape().length == 3 ? tensor.shape()[1] : 1;
        for (int row = 0; row < tensor.values().length / columns; row++) {
            int from = row - row % time + time - 1 - row % time;
            System.arraycopy(tensor.values(), from * columns, turned.values(), row * columns, columns);
        }
        return turned;
    }

    private final class Run implements RefGraph.Step {
        private final RefTensor one;
        private final RefTensor other;
        private final List<RefTensor> outputs;

        Run(RefTensor one, RefTensor other, List<RefTensor> outputs) {
            this.one = one;
            this.other = other;
            this.outputs = outputs;
        }

        @Override
        public List<RefTensor> outputs() {
            return outputs;
        }

        @Override
        public boolean[][] mask() {
            return null;
        }

        @Override
        public List<RefTensor> backward(List<RefTensor> gOutputs, RefGraph.Gradients gradients) {
            RefTensor gOne = RefTensor.zeros(one.shape());
            RefTensor gOther = RefTensor.zeros(other.shape());
            List<RefTensor> both = new ArrayList<>(List.of(gOne, gOther));
            double[] g = gOutputs.getFirst().values();
            int left = last(one);
            int right = last(other);
            for (int i = 0; i < gOne.values().length; i++) {
                gOne.values()[i] = switch (mode) {
                    case "concat" -> g[i / left * (left + right) + i % left];
                    case "ave" -> g[i] / 2;
                    case "mul" -> g[i] * other.values()[i];
                    default -> g[i];
                };
            }
            for (int i = 0; i < gOther.values().length; i++) {
                gOther.values()[i] = switch (mode) {
                    case "concat" -> g[i / right * (left + right) + left + i % right];
                    case "ave" -> g[i] / 2;
                    case "mul" -> g[i] * one.values()[i];
                    case "none" -> gOutputs.getLast().values()[i];
                    default -> g[i];
                };
            }
            both.set(1, turned(gOther));
            return both;
        }

        @Override
        public double kinkDistance() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double largest() {
            return 0;
        }
    }
}
