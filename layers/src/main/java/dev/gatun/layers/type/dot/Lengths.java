package dev.gatun.layers.type.dot;

/** What vectors are divided by so that they become one long. */
final class Lengths {

    /** Of a shorter one this is its length, as in Keras ({@code keras.config.epsilon()}). */
    static final float SHORTEST = 1e-7f;

    private Lengths() {}

    /** One over the length of a vector. */
    static float inverse(double squares) {
        return (float) (1 / Math.max(Math.sqrt(squares), SHORTEST));
    }

    /** Whether the length still changes with the vector. */
    static boolean follows(float inverse) {
        return inverse < 1 / SHORTEST;
    }
}
