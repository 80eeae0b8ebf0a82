package dev.gatun.tests.reference;

/**
 * {@code h' = f(x K + h R + b)}.
 *
 * @param weights    G = 1
 * @param activation f
 */
record RefSimpleRnn(Weights weights, RefActivation activation) implements RefCell {

    @Override
    public int units() {
        return weights.recurrentKernel().length;
    }

    @Override
    public Step step(double[] x, double[] h) {
        double[] z = new double[units()];
        for (int u = 0; u < units(); u++) {
            z[u] = weights.bias(0, u) + RefCell.product(x, weights.kernel(), u)
                    + RefCell.product(h, weights.recurrentKernel(), u);
        }
        return new Step(x, h, activation.row(z), z);
    }

    @Override
    public void backward(Step step, double[] gAfter, double[] gX, double[] gBefore, Gradients gradients) {
        double[] gZ = activation.rowGradient(step.z(), gAfter);
        for (int u = 0; u < units(); u++) {
            double g = gZ[u];
            gradients.addBias(0, u, g);
            RefCell.productBackward(g, step.x(), weights.kernel(), u, gX, gradients.kernel, gradients.kernelSizes);
            RefCell.productBackward(g, step.before(), weights.recurrentKernel(), u, gBefore,
                    gradients.recurrentKernel, gradients.recurrentSizes);
        }
    }

    @Override
    public double kinkDistance(Step step) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double z : step.z()) {
            nearest = Math.min(nearest, activation.kinkDistance(z));
        }
        return nearest;
    }
}
