package dev.gatun.tests.reference;

import java.util.Arrays;

/**
 * One LSTM layer in double precision, written as the equations stand, one batch row and one time step after another:
 *
 * <pre>
 * z = x_t K + h_(t-1) R + b            columns: input | forget | candidate | output, U wide each
 * input = s(z0)  forget = s(z1)  candidate = a(z2)  output = s(z3)
 * c_t = forget * c_(t-1) + input * candidate
 * h_t = output * a(c_t)
 * </pre>
 *
 * A masked step keeps h and c and repeats the output before it, which is zero before the first valid step (Keras on
 * TensorFlow); with {@code zeroOutputForMask} its output is zero. {@code goBackwards} reads the steps from the last to
 * the first and returns the outputs in that order. Dropout masks, already scaled, multiply x and h; one per gate, the
 * same at all steps.
 */
public final class RefLstm {
    /** kernel {@code [I][4U]}, recurrent kernel {@code [U][4U]}, bias {@code [4U]} or null. */
    public record Weights(double[][] kernel, double[][] recurrentKernel, double[] bias) {}

    /** What Keras's constructor says about the arithmetic. */
    public record Options(
            RefActivation activation,
            RefActivation recurrentActivation,
            boolean goBackwards,
            boolean zeroOutputForMask) {
        /** Keras's defaults. */
        public static final Options DEFAULT = new Options(RefActivation.TANH, RefActivation.SIGMOID, false, false);
    }

    /**
     * x {@code [B][T][I]}; all else may be null: mask {@code [B][T]}, true = use; h0 and c0 {@code [B][U]}, null =
     * zeros; input and recurrent dropout masks {@code [4][B][I]} and {@code [4][B][U]}.
     */
    public record Input(
            double[][][] x,
            boolean[][] mask,
            double[][] h0,
            double[][] c0,
            double[][][] inputDropout,
            double[][][] recurrentDropout) {
        /** Only x. */
        public static Input of(double[][][] x) {
            return new Input(x, null, null, null, null, null);
        }
    }

    /**
     * What forward computed. outputs {@code [B][T][U]} in processing order; h and c {@code [B][T+1][U]}: the states
     * before each step, and after the last; z {@code [B][T][4U]}: the pre-activations.
     */
    public record Tape(Input input, double[][][] outputs, double[][][] h, double[][][] c, double[][][] z) {
        /** The output of the last step, {@code [B][U]}; zero where every step was masked, the first h where there is none. */
        public double[][] lastOutput() {
            return outputs[0].length == 0 ? lastH() : last(outputs);
        }

        /** The final h, {@code [B][U]}. */
        public double[][] lastH() {
            return last(h);
        }

        /** The final c, {@code [B][U]}. */
        public double[][] lastC() {
            return last(c);
        }

        private static double[][] last(double[][][] steps) {
            return Arrays.stream(steps).map(row -> row[row.length - 1].clone()).toArray(double[][]::new);
        }
    }

    /**
     * Gradients, each of the shape of what it belongs to; bias is null when the layer has none.
     *
     * @param sizes for kernel, recurrent kernel and bias the sums of the absolute values of the terms that each element is
     *     the sum of, one for each row and step: what its roundings are relative to
     */
    public record Gradients(
            double[][] kernel,
            double[][] recurrentKernel,
            double[] bias,
            double[][][] x,
            double[][] h0,
            double[][] c0,
            Sizes sizes) {}

    /** See {@link Gradients}. */
    public record Sizes(double[][] kernel, double[][] recurrentKernel, double[] bias) {}

    private final double[][] kernel;
    private final double[][] recurrentKernel;
    private final double[] bias;
    private final RefActivation activation;
    private final RefActivation recurrentActivation;
    private final Options options;
    private final int units;

    public RefLstm(Weights weights, Options options) {
        this.kernel = weights.kernel;
        this.recurrentKernel = weights.recurrentKernel;
        this.bias = weights.bias;
        this.activation = options.activation;
        this.recurrentActivation = options.recurrentActivation;
        this.options = options;
        this.units = recurrentKernel.length;
    }

    /** Runs the layer over all rows and steps. */
    public Tape forward(Input in) {
        int batch = in.x.length;
        int time = in.x[0].length;
        double[][][] outputs = new double[batch][time][units];
        double[][][] h = new double[batch][time + 1][units];
        double[][][] c = new double[batch][time + 1][units];
        double[][][] z = new double[batch][time][4 * units];
        for (int b = 0; b < batch; b++) {
            h[b][0] = in.h0 == null ? new double[units] : in.h0[b].clone();
            c[b][0] = in.c0 == null ? new double[units] : in.c0[b].clone();
            for (int s = 0; s < time; s++) {
                int t = timeOfStep(s, time);
                if (in.mask != null && !in.mask[b][t]) {
                    h[b][s + 1] = h[b][s].clone();
                    c[b][s + 1] = c[b][s].clone();
                    if (s > 0 && !options.zeroOutputForMask) {
                        outputs[b][s] = outputs[b][s - 1].clone();
                    }
                    continue;
                }
                z[b][s] = preActivations(in, b, in.x[b][t], h[b][s]);
                double[][] gates = gates(z[b][s]);
                for (int u = 0; u < units; u++) {
                    c[b][s + 1][u] = gates[1][u] * c[b][s][u] + gates[0][u] * gates[2][u];
                }
                double[] squashed = activation.row(c[b][s + 1]);
                for (int u = 0; u < units; u++) {
                    h[b][s + 1][u] = gates[3][u] * squashed[u];
                }
                outputs[b][s] = h[b][s + 1].clone();
            }
        }
        return new Tape(in, outputs, h, c, z);
    }

    /** The values of input, forget, candidate and output; a function may look at all units of its gate. */
    private double[][] gates(double[] z) {
        double[][] gates = new double[4][];
        for (int gate = 0; gate < 4; gate++) {
            gates[gate] = (gate == 2 ? activation : recurrentActivation).row(preActivation(z, gate));
        }
        return gates;
    }

    private double[] preActivation(double[] z, int gate) {
        return Arrays.copyOfRange(z, gate * units, (gate + 1) * units);
    }

    private double[] preActivations(Input in, int b, double[] x, double[] h) {
        double[] z = bias == null ? new double[4 * units] : bias.clone();
        for (int gate = 0; gate < 4; gate++) {
            addProduct(z, gate, x, in.inputDropout, b, kernel);
            addProduct(z, gate, h, in.recurrentDropout, b, recurrentKernel);
        }
        return z;
    }

    /** Adds to the columns of {@code gate} in z: (v * dropout) W. */
    private void addProduct(double[] z, int gate, double[] v, double[][][] dropout, int b, double[][] w) {
        for (int k = 0; k < v.length; k++) {
            double dropped = v[k] * factor(dropout, gate, b, k);
            double[] row = w[k];
            for (int j = gate * units; j < (gate + 1) * units; j++) {
                z[j] += dropped * row[j];
            }
        }
    }

    /**
     * Backpropagation through time.
     *
     * @param tape what forward returned
     * @param gOutputs gradient of the outputs {@code [B][T][U]} in processing order, or null
     * @param gH gradient of the final h {@code [B][U]}, or null
     * @param gC gradient of the final c {@code [B][U]}, or null
     */
    public Gradients backward(Tape tape, double[][][] gOutputs, double[][] gH, double[][] gC) {
        Input in = tape.input;
        int batch = in.x.length;
        int time = in.x[0].length;
        int inputs = kernel.length;
        double[][] gKernel = new double[inputs][4 * units];
        double[][] gRecurrentKernel = new double[units][4 * units];
        double[] gBias = new double[4 * units];
        Sizes sizes = new Sizes(new double[inputs][4 * units], new double[units][4 * units], new double[4 * units]);
        double[][][] gX = new double[batch][time][inputs];
        double[][] gH0 = new double[batch][];
        double[][] gC0 = new double[batch][];
        for (int b = 0; b < batch; b++) {
            double[] gh = gH == null ? new double[units] : gH[b].clone(); // of h after step s
            double[] gc = gC == null ? new double[units] : gC[b].clone(); // of c after step s
            double[] gRepeated = new double[units]; // from masked steps that repeated the output of step s
            for (int s = time - 1; s >= 0; s--) {
                int t = timeOfStep(s, time);
                double[] gOutput = gOutputs == null ? new double[units] : gOutputs[b][s].clone();
                for (int u = 0; u < units; u++) {
                    gOutput[u] += gRepeated[u];
                }
                if (in.mask != null && !in.mask[b][t]) {
                    gRepeated = options.zeroOutputForMask ? new double[units] : gOutput;
                    continue;
                }
                gRepeated = new double[units];
                double[] gz = new double[4 * units];
                double[] z = tape.z[b][s];
                double[][] gates = gates(z);
                double[] squashed = activation.row(tape.c[b][s + 1]);
                double[] gSquashed = new double[units];
                double[][] gGates = new double[4][units];
                for (int u = 0; u < units; u++) {
                    double ghHere = gh[u] + gOutput[u];
                    gSquashed[u] = ghHere * gates[3][u];
                    gGates[3][u] = ghHere * squashed[u];
                }
                double[] gCell = activation.rowGradient(tape.c[b][s + 1], gSquashed);
                for (int u = 0; u < units; u++) {
                    double gcHere = gc[u] + gCell[u];
                    gGates[0][u] = gcHere * gates[2][u];
                    gGates[1][u] = gcHere * tape.c[b][s][u];
                    gGates[2][u] = gcHere * gates[0][u];
                    gc[u] = gcHere * gates[1][u];
                }
                for (int gate = 0; gate < 4; gate++) {
                    double[] gradient = (gate == 2 ? activation : recurrentActivation)
                            .rowGradient(preActivation(z, gate), gGates[gate]);
                    System.arraycopy(gradient, 0, gz, gate * units, units);
                }
                for (int j = 0; j < 4 * units; j++) {
                    gBias[j] += gz[j];
                    sizes.bias[j] += Math.abs(gz[j]);
                }
                gh = new double[units];
                for (int gate = 0; gate < 4; gate++) {
                    productBackward(gz, gate, in.x[b][t], in.inputDropout, b, kernel, gX[b][t], gKernel,
                            sizes.kernel);
                    productBackward(gz, gate, tape.h[b][s], in.recurrentDropout, b, recurrentKernel, gh,
                            gRecurrentKernel, sizes.recurrentKernel);
                }
            }
            gH0[b] = gh;
            gC0[b] = gc;
        }
        return new Gradients(gKernel, gRecurrentKernel, bias == null ? null : gBias, gX, gH0, gC0, sizes);
    }

    /** What {@link #addProduct} did, backward: adds to the gradients of v and W. */
    private void productBackward(
            double[] gz, int gate, double[] v, double[][][] dropout, int b, double[][] w, double[] gv, double[][] gw,
            double[][] sizes) {
        for (int k = 0; k < v.length; k++) {
            double factor = factor(dropout, gate, b, k);
            double dropped = v[k] * factor;
            double[] row = w[k];
            double[] gRow = gw[k];
            double sum = 0;
            for (int j = gate * units; j < (gate + 1) * units; j++) {
                gRow[j] += dropped * gz[j];
                sizes[k][j] += Math.abs(dropped * gz[j]);
                sum += gz[j] * row[j];
            }
            gv[k] += sum * factor;
        }
    }

    /** How near the run came to a kink of an activation: finite differences need distance. */
    public double kinkDistance(Tape tape) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int b = 0; b < tape.z.length; b++) {
            for (int s = 0; s < tape.z[b].length; s++) {
                if (tape.input.mask != null && !tape.input.mask[b][timeOfStep(s, tape.z[b].length)]) {
                    continue;
                }
                for (int j = 0; j < 4 * units; j++) {
                    RefActivation gate = j / units == 2 ? activation : recurrentActivation;
                    nearest = Math.min(nearest, gate.kinkDistance(tape.z[b][s][j]));
                }
                for (int u = 0; u < units; u++) {
                    double c = tape.c[b][s + 1][u];
                    if (c != 0) { // exactly zero only where a gate is flat at zero: there it stays
                        nearest = Math.min(nearest, activation.kinkDistance(c));
                    }
                }
            }
        }
        return nearest;
    }

    private int timeOfStep(int step, int time) {
        return options.goBackwards ? time - 1 - step : step;
    }

    private static double factor(double[][][] dropout, int gate, int b, int k) {
        return dropout == null ? 1 : dropout[gate][b][k];
    }
}
