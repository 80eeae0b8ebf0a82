package dev.gatun.layers.type.norms;

import dev.gatun.layers.operation.WeightGrid;
import dev.gatun.layers.plan.WeightPlaces;

/**
 * Where gamma and beta of a number lie in the parameters.
 *
 * @param grid       which of them is a number's
 * @param gammaBytes where gamma begins; {@link #NONE} without one
 * @param betaBytes  likewise
 */
record NormWeights(WeightGrid grid, long gammaBytes, long betaBytes) {

    private static final long NONE = -1;

    static NormWeights of(NormForm form, NormGrid grid, WeightPlaces places) {
        return new NormWeights(grid.weights(), form.gamma() == null ? NONE : places.at(0),
                form.beta() == null ? NONE : places.at(form.gamma() == null ? 0 : 1));
    }

    boolean hasGamma() {
        return gammaBytes != NONE;
    }

    boolean hasBeta() {
        return betaBytes != NONE;
    }

    long gamma(int step, int feature) {
        return gammaBytes + grid.bytes(step, feature);
    }

    long beta(int step, int feature) {
        return betaBytes + grid.bytes(step, feature);
    }
}
