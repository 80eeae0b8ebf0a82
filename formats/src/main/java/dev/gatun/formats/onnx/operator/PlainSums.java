package dev.gatun.formats.onnx.operator;

import dev.gatun.engine.function.ActivationFormula;
import java.util.Arrays;

/** Sums of doubles, for nodes of float64. */
final class PlainSums implements GateSums {

    private final GateInputs inputs;
    private final double[] w;
    private final double[] r;
    private final double[] sums;
    private final double[] apart;
    private final double[] operands;

    PlainSums(GateInputs inputs) {
        this.inputs = inputs;
        int width = inputs.gates() * inputs.units();
        this.w = Arrays.copyOfRange(Storage.doubles(inputs.w()), inputs.direction() * width * inputs.features(),
                (inputs.direction() + 1) * width * inputs.features());
        this.r = Arrays.copyOfRange(Storage.doubles(inputs.r()), inputs.direction() * width * inputs.units(),
                (inputs.direction() + 1) * width * inputs.units());
        this.sums = new double[Storage.count(inputs.batch(), width)];
        this.apart = new double[Storage.count(inputs.batch(), inputs.units())];
        this.operands = new double[apart.length];
    }

    @Override
    public void begin(int step) {
        int features = inputs.features();
        for (int sample = 0; sample < inputs.batch(); sample++) {
            int at = inputs.order().of(step, sample);
            for (int row = 0; at >= 0 && row < inputs.gates() * inputs.units(); row++) {
                double sum = inputs.bias(row / inputs.units(), row % inputs.units());
                for (int k = 0; k < features; k++) {
                    sum += w[row * features + k] * inputs.x().number((at * inputs.batch() + sample) * features + k);
                }
                sums[sample * inputs.gates() * inputs.units() + row] = sum;
            }
        }
    }

    @Override
    public void operands(int sample, double[] numbers) {
        System.arraycopy(numbers, 0, operands, sample * numbers.length, numbers.length);
    }

    @Override
    public void recur(int firstGate, int endGate) {
        int units = inputs.units();
        int width = inputs.gates() * units;
        for (int sample = 0; sample < inputs.batch(); sample++) {
            for (int row = firstGate * units; row < endGate * units; row++) {
                sums[sample * width + row] += product(sample, row);
            }
        }
    }

    @Override
    public void recurApart(int gate) {
        int units = inputs.units();
        for (int i = 0; i < apart.length; i++) {
            apart[i] = inputs.biasApart(gate, i % units) + product(i / units, gate * units + i % units);
        }
    }

    private double product(int sample, int row) {
        int units = inputs.units();
        double sum = 0;
        for (int k = 0; k < units; k++) {
            sum += r[row * units + k] * operands[sample * units + k];
        }
        return sum;
    }

    @Override
    public void read(int sample, double[] into) {
        System.arraycopy(sums, sample * into.length, into, 0, into.length);
    }

    @Override
    public void readApart(int sample, double[] into) {
        System.arraycopy(apart, sample * into.length, into, 0, into.length);
    }

    @Override
    public boolean activate(int sample, int firstGate, int endGate, ActivationFormula function) {
        return false;
    }

    @Override
    public boolean activate(double[] numbers, ActivationFormula function) {
        return false;
    }

    @Override
    public void close() {
        // On the heap.
    }
}
