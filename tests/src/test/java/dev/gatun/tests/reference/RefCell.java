package dev.gatun.tests.reference;

/** A cell with one state in double precision, of one batch row at one time step; {@link RefRecurrent} runs it over time. */
interface RefCell {

    /** U. */
    int units();

    /** The weights, whose gradients a way back adds to. */
    Weights weights();

    /** One step: h after it, and what the way back needs. */
    Step step(double[] x, double[] h);

    /** Gradients of x and of h before the step from that of h after it; those of the weights are added. */
    void backward(Step step, double[] gAfter, double[] gX, double[] gBefore, Gradients gradients);

    /** How near the step came to a kink of an activation. */
    double kinkDistance(Step step);

    /**
     * Keras's weights.
     *
     * @param kernel          {@code [I][GU]}
     * @param recurrentKernel {@code [U][GU]}
     * @param bias            {@code [1][GU]}, or {@code [2][GU]} where the recurrent part has its own, or null
     */
    record Weights(double[][] kernel, double[][] recurrentKernel, double[][] bias) {
        /** A bias, or zeros. */
        double bias(int row, int column) {
            return bias == null || row >= bias.length ? 0 : bias[row][column];
        }
    }

    /**
     * What a step computed.
     *
     * @param x      what it read
     * @param before h before it
     * @param after  h after it
     * @param z      pre-activations
     */
    record Step(double[] x, double[] before, double[] after, double[] z) {}

    /** Sums of gradients, and of the absolute values of their terms. */
    final class Gradients {
        final double[][] kernel;
        final double[][] recurrentKernel;
        final double[][] bias;
        final double[][] kernelSizes;
        final double[][] recurrentSizes;
        final double[][] biasSizes;

        Gradients(Weights weights) {
            this.kernel = zeros(weights.kernel);
            this.recurrentKernel = zeros(weights.recurrentKernel);
            this.bias = weights.bias == null ? null : zeros(weights.bias);
            this.kernelSizes = zeros(weights.kernel);
            this.recurrentSizes = zeros(weights.recurrentKernel);
            this.biasSizes = weights.bias == null ? null : zeros(weights.bias);
        }

        private static double[][] zeros(double[][] matrix) {
            return new double[matrix.length][matrix.length == 0 ? 0 : matrix[0].length];
        }

        void addBias(int row, int column, double g) {
            if (bias != null && row < bias.length) {
                bias[row][column] += g;
                biasSizes[row][column] += Math.abs(g);
            }
        }
    }

    /** {@code v W}, of one column. */
    static double product(double[] v, double[][] w, int column) {
        double sum = 0;
        for (int k = 0; k < v.length; k++) {
            sum += v[k] * w[k][column];
        }
        return sum;
    }

    /** What {@link #product} did, backward, for a gradient of its result. */
    static void productBackward(
            double g, double[] v, double[][] w, int column, double[] gV, double[][] gW, double[][] sizes) {
        for (int k = 0; k < v.length; k++) {
            gV[k] += g * w[k][column];
            gW[k][column] += g * v[k];
            sizes[k][column] += Math.abs(g * v[k]);
        }
    }
}
