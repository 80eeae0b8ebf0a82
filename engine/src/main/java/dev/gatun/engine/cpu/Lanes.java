package dev.gatun.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one choice of vector width, made once per process: what the JVM prefers on this processor, at most 512 bits
 * because rows are padded to 16 floats. The system property {@value #PROPERTY} (128, 256 or 512) asks for a narrower one;
 * the results are the same bits at every width.
 */
public final class Lanes {

    /** The system property that overrides the width. */
    public static final String PROPERTY = "dev.gatun.vectorBits";

    /** The float vectors of every SIMD kernel. */
    public static final VectorSpecies<Float> FLOATS = choose(System.getProperty(PROPERTY),
            FloatVector.SPECIES_PREFERRED);

    /** The int vectors of the same width: the bits of {@link #FLOATS}. */
    public static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** Floats in one vector: 4, 8 or 16. */
    public static final int LANES = FLOATS.length();

    private Lanes() {}

    /**
     * @param asked     the value of {@link #PROPERTY}, or null
     * @param preferred what the JVM would take
     * @throws IllegalArgumentException if the value is not 128, 256 or 512, or wider than the processor's vectors: such
     *                                  vectors would run as Java objects, some hundred times slower
     */
    static VectorSpecies<Float> choose(String asked, VectorSpecies<Float> preferred) {
        int offered = Math.min(preferred.vectorBitSize(), 512);
        if (offered < 128)
            throw new IllegalArgumentException(
                    "Gatun needs vectors of at least 128 bits; this JVM offers " + offered + ".");
        if (asked == null) return ofBits(offered);
        int bits = switch (asked) {
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default -> throw new IllegalArgumentException(
                    "-D" + PROPERTY + "=" + asked + " is refused: the width is 128, 256 or 512 bits.");
        };
        if (bits > offered)
            throw new IllegalArgumentException(
                    "-D" + PROPERTY + "=" + asked + " is refused: this JVM offers vectors of "
                            + offered + " bits on this processor.");
        return ofBits(bits);
    }

    private static VectorSpecies<Float> ofBits(int bits) {
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            default -> FloatVector.SPECIES_512;
        };
    }
}
