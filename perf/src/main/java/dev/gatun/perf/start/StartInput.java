package dev.gatun.perf.start;

/** What the first prediction of a JVM is made from [B,T,I]; simple, so that making it costs no time. */
public record StartInput(int batch, int time, int inputs) {

    /** Of a program's words: the file, then B, T and I. */
    public static StartInput of(String[] words) {
        return new StartInput(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }

    /** [B,T,I]. */
    public float[] values() {
        float[] values = new float[batch * time * inputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 * 0.25f - 0.75f;
        }
        return values;
    }
}
