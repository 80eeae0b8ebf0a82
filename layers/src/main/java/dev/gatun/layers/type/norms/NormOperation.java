package dev.gatun.layers.type.norms;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.RowsView;
import dev.gatun.layers.operation.LearnedOperation;
import dev.gatun.layers.plan.PlanContext;
import dev.gatun.layers.plan.RunContext;

/**
 * Normalizes boxes of numbers. Sums go over a box step by step, feature by feature, in double: the same bits for any vector width,
 * batch and number of threads.
 */
class NormOperation extends LearnedOperation {

    private final Formula formula;
    private final double epsilon;
    private final NormWeights weights;
    private final Boxes boxes;
    /** Sizes of a box in the present run. */
    private int steps;
    private int features;

    NormOperation(NormForm form, NormGrid grid, PlanContext context) {
        super(context);
        this.formula = form.formula();
        this.epsilon = form.epsilon();
        this.boxes = grid.boxes();
        this.weights = NormWeights.of(form, grid, context.weights());
    }

    @Override
    public void resize() {
        steps = boxes.steps() == Boxes.ALL ? output.time() : boxes.steps();
        features = boxes.features() == Boxes.ALL ? output.columns() : boxes.features();
    }

    @Override
    public void forward(RunContext run) {
        for (int sample = 0; sample < output.batch(); sample++) {
            for (int step = 0; step < output.time(); step += steps) {
                forward(sample, step);
            }
        }
    }

    /** All boxes that begin at a step. */
    final void forward(int sample, int step) {
        for (int feature = 0; feature < output.columns(); feature += features) {
            double mean = formula.needsMean() ? mean(sample, step, feature) : 0;
            double scale = scale(sample, step, feature, mean);
            double shift = formula.subtractsMean() ? mean : 0;
            for (int t = step; t < step + steps; t++) {
                long from = row(x, sample, t);
                long to = row(y, sample, t);
                for (int f = feature; f < feature + features; f++) {
                    double normal = (number(x, from, f) - shift) * scale;
                    y.segment().set(JAVA_FLOAT, to + (long) f * Float.BYTES, value(t, f, normal));
                }
            }
        }
    }

    private float value(int step, int feature, double normal) {
        double scaled = weights.hasGamma() ? normal * weight(weights.gamma(step, feature)) : normal;
        return (float) (weights.hasBeta() ? scaled + weight(weights.beta(step, feature)) : scaled);
    }

    private long row(RowsView rows, int sample, int step) {
        return rows.at((long) step * output.batch() + sample);
    }

    private static float number(RowsView rows, long row, int feature) {
        return rows.segment().get(JAVA_FLOAT, row + (long) feature * Float.BYTES);
    }

    private long count() {
        return (long) steps * features;
    }

    private double mean(int sample, int step, int feature) {
        double sum = 0;
        for (int t = step; t < step + steps; t++) {
            long from = row(x, sample, t);
            for (int f = feature; f < feature + features; f++) {
                sum += number(x, from, f);
            }
        }
        return sum / count();
    }

    private double scale(int sample, int step, int feature, double center) {
        double sum = 0;
        for (int t = step; t < step + steps; t++) {
            long from = row(x, sample, t);
            for (int f = feature; f < feature + features; f++) {
                double apart = number(x, from, f) - center;
                sum += apart * apart;
            }
        }
        return formula.scale(sum, count(), epsilon);
    }

    @Override
    protected final void back(RunContext run) {
        for (int step = 0; step < output.time(); step += steps) {
            for (int sample = 0; sample < output.batch(); sample++) {
                for (int feature = 0; feature < output.columns(); feature += features) {
                    back(sample, step, feature);
                }
            }
        }
    }

    /** What goes back through the mean and through the scale is the same for all numbers of a box, but for their distance. */
    private void back(int sample, int step, int feature) {
        double mean = formula.needsMean() ? mean(sample, step, feature) : 0;
        double scale = scale(sample, step, feature, mean);
        double shift = formula.subtractsMean() ? mean : 0;
        double all = 0;
        double along = 0;
        for (int t = step; t < step + steps; t++) {
            long from = row(x, sample, t);
            long back = row(dy, sample, t);
            for (int f = feature; f < feature + features; f++) {
                double apart = number(x, from, f) - shift;
                double up = number(dy, back, f);
                if (gradients != null) {
                    addGradients(t, f, up, apart * scale);
                }
                double inner = up * gamma(t, f);
                all += inner;
                along += inner * apart;
            }
        }
        if (dx == null) {
            return;
        }
        double throughMean = formula.subtractsMean() ? scale * all / count() : 0;
        double throughScale = formula.slope(scale, count()) * along;
        for (int t = step; t < step + steps; t++) {
            long from = row(x, sample, t);
            long back = row(dy, sample, t);
            long to = row(dx, sample, t);
            for (int f = feature; f < feature + features; f++) {
                double inner = number(dy, back, f) * (double) gamma(t, f);
                double apart = number(x, from, f) - mean;
                give(to + (long) f * Float.BYTES, (float) (scale * inner - throughMean - throughScale * apart));
            }
        }
    }

    private float gamma(int step, int feature) {
        return weights.hasGamma() ? weight(weights.gamma(step, feature)) : 1;
    }

    private void addGradients(int step, int feature, double up, double normal) {
        if (weights.hasGamma()) {
            addGradient(weights.gamma(step, feature), up * normal);
        }
        if (weights.hasBeta()) {
            addGradient(weights.beta(step, feature), up);
        }
    }
}
