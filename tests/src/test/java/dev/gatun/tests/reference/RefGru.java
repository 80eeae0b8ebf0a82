package dev.gatun.tests.reference;

import java.util.Arrays;

/**
 * A GRU's cell, as the equations stand; columns update | reset | candidate, U wide each:
 *
 * <pre>
 * update = s(x K0 + h R0 + b0)   reset = s(x K1 + h R1 + b1)      both biases added, if there are two
 * candidate = a(x K2 + b2 + reset (h R2 + b2'))                   with resetAfter
 * candidate = a(x K2 + b2 + (reset h) R2)                         without
 * h' = update h + (1 - update) candidate
 * </pre>
 *
 * @param weights             G = 3
 * @param activation          a
 * @param recurrentActivation s
 * @param resetAfter          where the reset gate stands
 */
record RefGru(Weights weights, RefActivation activation, RefActivation recurrentActivation, boolean resetAfter)
        implements
            RefCell {

    @Override
    public int units() {
        return weights.recurrentKernel().length;
    }

    /** z holds update, reset and candidate, and the recurrent part of the candidate. */
    @Override
    public Step step(double[] x, double[] h) {
        int units = units();
        double[] z = new double[4 * units];
        double[] after = new double[units];
        for (int column = 0; column < 2 * units; column++) {
            z[column] = weights.bias(0, column) + weights.bias(1, column) + RefCell.product(x, weights.kernel(), column)
                    + RefCell.product(h, weights.recurrentKernel(), column);
        }
        double[] read = read(z, h);
        double[] resets = gate(recurrentActivation, z, 1);
        for (int u = 0; u < units; u++) {
            int column = 2 * units + u;
            z[3 * units + u] = weights.bias(1, column) + RefCell.product(read, weights.recurrentKernel(), column);
            double reset = resetAfter ? resets[u] : 1;
            z[column] = weights.bias(0, column) + RefCell.product(x, weights.kernel(), column)
                    + reset * z[3 * units + u];
        }
        double[] updates = gate(recurrentActivation, z, 0);
        double[] candidates = gate(activation, z, 2);
        for (int u = 0; u < units; u++) {
            after[u] = updates[u] * h[u] + (1 - updates[u]) * candidates[u];
        }
        return new Step(x, h, after, z);
    }

    /** The values of a gate; a function may look at all its units. */
    private double[] gate(RefActivation function, double[] z, int gate) {
        return function.row(Arrays.copyOfRange(z, gate * units(), (gate + 1) * units()));
    }

    private double[] back(RefActivation function, double[] z, int gate, double[] g) {
        return function.rowGradient(Arrays.copyOfRange(z, gate * units(), (gate + 1) * units()), g);
    }

    /** What the candidate's recurrent product reads. */
    private double[] read(double[] z, double[] h) {
        double[] read = h.clone();
        double[] resets = gate(recurrentActivation, z, 1);
        for (int u = 0; u < units() && !resetAfter; u++) {
            read[u] *= resets[u];
        }
        return read;
    }

    @Override
    public void backward(Step step, double[] gAfter, double[] gX, double[] gBefore, Gradients gradients) {
        int units = units();
        double[] z = step.z();
        double[] g = new double[3 * units];
        double[] gRead = new double[units];
        double[] read = read(z, step.before());
        double[] updates = gate(recurrentActivation, z, 0);
        double[] resets = gate(recurrentActivation, z, 1);
        double[] candidates = gate(activation, z, 2);
        double[] gUpdates = new double[units];
        double[] gResets = new double[units];
        double[] gCandidates = new double[units];
        for (int u = 0; u < units; u++) {
            gUpdates[u] = gAfter[u] * (step.before()[u] - candidates[u]);
            gCandidates[u] = gAfter[u] * (1 - updates[u]);
            gBefore[u] += gAfter[u] * updates[u];
        }
        System.arraycopy(back(recurrentActivation, z, 0, gUpdates), 0, g, 0, units);
        System.arraycopy(back(activation, z, 2, gCandidates), 0, g, 2 * units, units);
        for (int u = 0; u < units; u++) {
            int column = 2 * units + u;
            double gPart = resetAfter ? g[column] * resets[u] : g[column];
            gradients.addBias(1, column, gPart);
            RefCell.productBackward(gPart, read, weights.recurrentKernel(), column, resetAfter ? gBefore : gRead,
                    gradients.recurrentKernel, gradients.recurrentSizes);
            if (resetAfter) {
                gResets[u] = g[column] * z[3 * units + u];
            }
        }
        for (int u = 0; u < units && !resetAfter; u++) {
            gResets[u] = gRead[u] * step.before()[u];
            gBefore[u] += gRead[u] * resets[u];
        }
        System.arraycopy(back(recurrentActivation, z, 1, gResets), 0, g, units, units);
        for (int column = 0; column < 3 * units; column++) {
            gradients.addBias(0, column, g[column]);
            RefCell.productBackward(g[column], step.x(), weights.kernel(), column, gX, gradients.kernel,
                    gradients.kernelSizes);
            if (column < 2 * units) {
                gradients.addBias(1, column, g[column]);
                RefCell.productBackward(g[column], step.before(), weights.recurrentKernel(), column, gBefore,
                        gradients.recurrentKernel, gradients.recurrentSizes);
            }
        }
    }

    @Override
    public double kinkDistance(Step step) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int column = 0; column < 3 * units(); column++) {
            RefActivation function = column < 2 * units() ? recurrentActivation : activation;
            nearest = Math.min(nearest, function.kinkDistance(step.z()[column]));
        }
        return nearest;
    }
}
