package dev.gatun.perf.paired;

/** Orders of axes. */
public final class Axes {

    private Axes() {}

    /** [B,T,F] as [T,B,F], or back with the first two sizes swapped. */
    public static float[] swapped(float[] values, int first, int second, int features) {
        float[] other = new float[values.length];
        for (int i = 0; i < first; i++) {
            for (int k = 0; k < second; k++) {
                System.arraycopy(values, (i * second + k) * features, other, (k * first + i) * features, features);
            }
        }
        return other;
    }
}
