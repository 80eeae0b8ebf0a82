package dev.gatun.perf.start;

/** What the first prediction of a JVM is made from; simple, so that making it costs no time. */
public final class StartInput {

    private StartInput() {}

    /** [B,T,I]. */
    public static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 7 * 0.25f - 0.75f;
        }
        return values;
    }
}
