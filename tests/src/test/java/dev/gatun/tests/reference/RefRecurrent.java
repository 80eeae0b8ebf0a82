package dev.gatun.tests.reference;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A layer of one state over time, one batch row and one step after another, as {@link RefLstm} is of two: masked steps keep h and
 * repeat the output before them, which is zero before the first valid step.
 */
final class RefRecurrent {

    private final RefCell cell;
    private final boolean goBackwards;

    RefRecurrent(RefCell cell, boolean goBackwards) {
        this.cell = cell;
        this.goBackwards = goBackwards;
    }

    /**
     * x {@code [B][T][I]}; all else may be null.
     *
     * @param mask {@code [B][T]}, true = use
     * @param h0   {@code [B][U]}
     * @param drop dropout's factors of the input, {@code [B][I]}, the same at all steps
     */
    record Input(double[][][] x, boolean[][] mask, double[][] h0, double[][] drop) {}

    /** What forward computed; steps {@code [B][T]} are null where masked. Outputs {@code [B][T][U]} in processing order. */
    record Tape(Input input, double[][][] outputs, double[][] first, double[][] last, RefCell.Step[][] steps) {
        /** The last output {@code [B][U]}. */
        double[][] lastOutput() {
            return outputs[0].length == 0
                    ? last
                    : Arrays.stream(outputs).map(row -> row[row.length - 1].clone()).toArray(double[][]::new);
        }

        double largest() {
            return Arrays.stream(steps).flatMap(Arrays::stream).filter(step -> step != null)
                    .flatMap(step -> Stream.of(step.z(), step.after())).flatMapToDouble(Arrays::stream).map(Math::abs)
                    .max().orElse(0);
        }
    }

    Tape forward(Input in) {
        int batch = in.x.length;
        int time = in.x[0].length;
        double[][][] outputs = new double[batch][time][cell.units()];
        double[][] first = new double[batch][];
        double[][] last = new double[batch][];
        RefCell.Step[][] steps = new RefCell.Step[batch][time];
        for (int b = 0; b < batch; b++) {
            first[b] = in.h0 == null ? new double[cell.units()] : in.h0[b].clone();
            double[] h = first[b];
            for (int s = 0; s < time; s++) {
                int t = timeOfStep(s, time);
                if (in.mask != null && !in.mask[b][t]) {
                    outputs[b][s] = s == 0 ? new double[cell.units()] : outputs[b][s - 1].clone();
                    continue;
                }
                double[] x = in.x[b][t].clone();
                for (int i = 0; in.drop != null && i < x.length; i++) {
                    x[i] *= in.drop[b][i];
                }
                steps[b][s] = cell.step(x, h);
                h = steps[b][s].after();
                outputs[b][s] = h.clone();
            }
            last[b] = h.clone();
        }
        return new Tape(in, outputs, first, last, steps);
    }

    /** What {@link #backward} returns. */
    record Result(RefCell.Gradients weights, double[][][] x, double[][] h0) {}

    /** Gradients from those of the outputs {@code [B][T][U]}, or null, and of the last h {@code [B][U]}. */
    Result backward(Tape tape, double[][][] gOutputs, double[][] gH) {
        Input in = tape.input;
        int batch = in.x.length;
        int time = in.x[0].length;
        RefCell.Gradients weights = new RefCell.Gradients(cell.weights());
        double[][][] gX = new double[batch][time][cell.weights().kernel().length];
        double[][] gH0 = new double[batch][];
        for (int b = 0; b < batch; b++) {
            double[] gh = gH[b].clone();
            double[] gRepeated = new double[cell.units()];
            for (int s = time - 1; s >= 0; s--) {
                int t = timeOfStep(s, time);
                if (gOutputs != null) {
                    add(gOutputs[b][s], gRepeated);
                }
                if (tape.steps[b][s] == null) {
                    continue;
                }
                add(gRepeated, gh);
                gRepeated = new double[cell.units()];
                double[] gBefore = new double[cell.units()];
                cell.backward(tape.steps[b][s], gh, gX[b][t], gBefore, weights);
                for (int i = 0; in.drop != null && i < gX[b][t].length; i++) {
                    gX[b][t][i] *= in.drop[b][i];
                }
                gh = gBefore;
            }
            gH0[b] = gh;
        }
        return new Result(weights, gX, gH0);
    }

    private static void add(double[] from, double[] to) {
        for (int u = 0; u < to.length; u++) {
            to[u] += from[u];
        }
    }

    double kinkDistance(Tape tape) {
        return Arrays.stream(tape.steps).flatMap(Arrays::stream).filter(step -> step != null)
                .mapToDouble(cell::kinkDistance).min().orElse(Double.POSITIVE_INFINITY);
    }

    private int timeOfStep(int step, int time) {
        return goBackwards ? time - 1 - step : step;
    }
}
