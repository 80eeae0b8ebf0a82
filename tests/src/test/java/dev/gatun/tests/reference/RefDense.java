package dev.gatun.tests.reference;

/**
 * A Dense layer on rows: {@code y = act(x K + b)}. On a sequence the same layer works on each step, which is all that
 * TimeDistributed(Dense) does; so rows are the leading dimensions together.
 */
public final class RefDense {
    /** x {@code [rows][I]}, z {@code [rows][U]} before the activation, y {@code [rows][U]} after it. */
    public record Tape(double[][] x, double[][] z, double[][] y) {}

    /**
     * Gradients of kernel, bias (null when there is none) and x.
     *
     * @param kernelSizes for each element of the kernel the sum of the absolute values of its terms, one for each row
     * @param biasSizes likewise
     */
    public record Gradients(double[][] kernel, double[] bias, double[][] x, double[][] kernelSizes,
            double[] biasSizes) {}

    private final double[][] kernel;
    private final double[] bias;
    private final RefActivation activation;

    /** kernel {@code [I][U]}, bias {@code [U]} or null. */
    public RefDense(double[][] kernel, double[] bias, RefActivation activation) {
        this.kernel = kernel;
        this.bias = bias;
        this.activation = activation;
    }

    /** Runs the layer on every row. */
    public Tape forward(double[][] x) {
        int units = kernel[0].length;
        double[][] z = new double[x.length][];
        double[][] y = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            z[row] = bias == null ? new double[units] : bias.clone();
            for (int i = 0; i < kernel.length; i++) {
                for (int u = 0; u < units; u++) {
                    z[row][u] += x[row][i] * kernel[i][u];
                }
            }
            y[row] = activation.row(z[row]);
        }
        return new Tape(x, z, y);
    }

    /** Gradients from the gradient of y, {@code [rows][U]}. */
    public Gradients backward(Tape tape, double[][] gY) {
        int units = kernel[0].length;
        double[][] gKernel = new double[kernel.length][units];
        double[] gBias = new double[units];
        double[][] kernelSizes = new double[kernel.length][units];
        double[] biasSizes = new double[units];
        double[][] gX = new double[tape.x.length][kernel.length];
        for (int row = 0; row < tape.x.length; row++) {
            double[] gz = activation.rowGradient(tape.z[row], gY[row]);
            for (int u = 0; u < units; u++) {
                gBias[u] += gz[u];
                biasSizes[u] += Math.abs(gz[u]);
            }
            for (int i = 0; i < kernel.length; i++) {
                for (int u = 0; u < units; u++) {
                    gKernel[i][u] += tape.x[row][i] * gz[u];
                    kernelSizes[i][u] += Math.abs(tape.x[row][i] * gz[u]);
                    gX[row][i] += gz[u] * kernel[i][u];
                }
            }
        }
        return new Gradients(gKernel, bias == null ? null : gBias, gX, kernelSizes, biasSizes);
    }

    /** How near the run came to a kink of the activation. */
    public double kinkDistance(Tape tape) {
        return RefActivationLayer.kinkDistance(activation, tape.z);
    }
}
