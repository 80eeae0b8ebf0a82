package dev.gatun.formats.onnx.mapping;

import dev.gatun.formats.onnx.mapping.CellActivations.CellFunction;

/**
 * Weights of gates in Keras's order and shape.
 *
 * @param direction what the operator brings
 * @param gates     for each of Keras's gates the operator's
 * @param functions for each of Keras's gates its function, whose scale and shift go into the weights
 * @param all       how many gates the operator has
 */
record GateWeights(Direction direction, int[] gates, CellFunction[] functions, int all) {

    float[] kernel() {
        return columns(direction.kernel(), direction.width());
    }

    float[] recurrent() {
        return columns(direction.recurrent(), direction.units());
    }

    /** Rows of gates as columns of gates. */
    private float[] columns(float[] rows, int depth) {
        int units = direction.units();
        int width = gates.length * units;
        float[] columns = new float[depth * width];
        for (int gate = 0; gate < gates.length; gate++) {
            double scale = functions[gate].scale();
            for (int unit = 0; unit < units; unit++) {
                int row = (gates[gate] * units + unit) * depth;
                for (int i = 0; i < depth; i++) {
                    columns[i * width + gate * units + unit] = (float) (scale * rows[row + i]);
                }
            }
        }
        return columns;
    }

    /** Whether there is a bias to be set, one of the operator's or one that stands for a shift. */
    boolean hasBias() {
        boolean has = direction.bias() != null;
        for (CellFunction function : functions) {
            has |= function.shift() != 0;
        }
        return has;
    }

    /** Both biases as one. */
    float[] summedBias() {
        float[] bias = new float[gates.length * direction.units()];
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) (shift(i) + scale(i) * ((double) bias(i, 0) + bias(i, 1)));
        }
        return bias;
    }

    /** The bias of the input, then that of the state. */
    float[] bothBiases() {
        int count = gates.length * direction.units();
        float[] bias = new float[2 * count];
        for (int i = 0; i < count; i++) {
            bias[i] = (float) (shift(i) + scale(i) * bias(i, 0));
            bias[count + i] = (float) (scale(i) * bias(i, 1));
        }
        return bias;
    }

    private double scale(int column) {
        return functions[column / direction.units()].scale();
    }

    private double shift(int column) {
        return functions[column / direction.units()].shift();
    }

    private float bias(int column, int half) {
        int units = direction.units();
        return direction.bias() == null
                ? 0
                : direction.bias()[(half * all + gates[column / units]) * units + column % units];
    }

    /** A peephole in the operator's order: input, output, forget. */
    float[] peephole(int gate, int ofGate) {
        float[] part = WeightNumbers.part(direction.peepholes(), gate * direction.units(), direction.units());
        for (int i = 0; i < part.length; i++) {
            part[i] = (float) (functions[ofGate].scale() * part[i]);
        }
        return part;
    }
}
