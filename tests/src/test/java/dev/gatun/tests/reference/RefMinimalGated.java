package dev.gatun.tests.reference;

/**
 * The minimal gated unit, as the equations stand; columns forget | candidate, U wide each:
 *
 * <pre>
 * forget = s(x K0 + h R0 + b0)   candidate = tanh(x K1 + (forget h) R1 + b1)   h' = (1 - forget) h + forget candidate
 * </pre>
 *
 * @param weights G = 2
 */
record RefMinimalGated(Weights weights) implements RefCell {

    @Override
    public int units() {
        return weights.recurrentKernel().length;
    }

    /** z holds both pre-activations. */
    @Override
    public Step step(double[] x, double[] h) {
        int units = units();
        double[] z = new double[2 * units];
        double[] after = new double[units];
        double[] forgotten = new double[units];
        for (int u = 0; u < units; u++) {
            z[u] = weights.bias(0, u) + RefCell.product(x, weights.kernel(), u)
                    + RefCell.product(h, weights.recurrentKernel(), u);
            forgotten[u] = sigmoid(z[u]) * h[u];
        }
        for (int u = 0; u < units; u++) {
            z[units + u] = weights.bias(0, units + u) + RefCell.product(x, weights.kernel(), units + u)
                    + RefCell.product(forgotten, weights.recurrentKernel(), units + u);
            after[u] = (1 - sigmoid(z[u])) * h[u] + sigmoid(z[u]) * Math.tanh(z[units + u]);
        }
        return new Step(x, h, after, z);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    @Override
    public void backward(Step step, double[] gAfter, double[] gX, double[] gBefore, Gradients gradients) {
        int units = units();
        double[] forgotten = new double[units];
        double[] gForgotten = new double[units];
        for (int u = 0; u < units; u++) {
            forgotten[u] = sigmoid(step.z()[u]) * step.before()[u];
        }
        for (int u = 0; u < units; u++) {
            double candidate = Math.tanh(step.z()[units + u]);
            double g = gAfter[u] * sigmoid(step.z()[u]) * (1 - candidate * candidate);
            back(g, units + u, step.x(), forgotten, gX, gForgotten, gradients);
        }
        for (int u = 0; u < units; u++) {
            double forget = sigmoid(step.z()[u]);
            double h = step.before()[u];
            double g = gAfter[u] * (Math.tanh(step.z()[units + u]) - h) + gForgotten[u] * h;
            gBefore[u] += gAfter[u] * (1 - forget) + gForgotten[u] * forget;
            back(g * forget * (1 - forget), u, step.x(), step.before(), gX, gBefore, gradients);
        }
    }

    private void back(
            double g, int column, double[] x, double[] read, double[] gX, double[] gRead, Gradients gradients) {
        gradients.addBias(0, column, g);
        RefCell.productBackward(g, x, weights.kernel(), column, gX, gradients.kernel, gradients.kernelSizes);
        RefCell.productBackward(g, read, weights.recurrentKernel(), column, gRead, gradients.recurrentKernel,
                gradients.recurrentSizes);
    }

    @Override
    public double kinkDistance(Step step) {
        return Double.POSITIVE_INFINITY;
    }
}
