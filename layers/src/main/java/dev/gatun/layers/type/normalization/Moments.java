package dev.gatun.layers.type.normalization;

/**
 * What is taken away, and what is divided by.
 *
 * @param means      one for each place
 * @param deviations likewise; at least Keras's epsilon
 */
record Moments(float[] means, float[] deviations) {

    private static final float EPSILON = 1e-7f;

    static float deviation(float variance) {
        return Math.max((float) Math.sqrt(variance), EPSILON);
    }

    static float[] deviations(float[] variances) {
        float[] deviations = new float[variances.length];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = deviation(variances[i]);
        }
        return deviations;
    }
}
