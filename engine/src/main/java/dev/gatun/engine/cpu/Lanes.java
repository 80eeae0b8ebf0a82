package dev.gatun.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one choice of vector width, made once per process: what the JVM prefers on this processor, at most 512 bits
 * because rows are padded to 16 floats. The system property {@value #PROPERTY} (128, 256 or 512) asks for a narrower one;
 * the results are the same bits at every width. A width that cannot be is no width: then {@link KernelChoice} takes the scalar
 * twins, and nobody asks here.
 */
public final class Lanes {

    /** The system property that overrides the width. */
    public static final String PROPERTY = "dev.gatun.vectorBits";

    private static final int NARROWEST = 128;
    private static final int WIDEST = 512;

    /** The float vectors of every SIMD kernel. */
    public static final VectorSpecies<Float> FLOATS = choose(System.getProperty(PROPERTY), offered());

    /** The int vectors of the same width: the bits of {@link #FLOATS}. */
    public static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** Floats in one vector: 4, 8 or 16. */
    public static final int LANES = FLOATS.length();

    private Lanes() {}

    /** Bits of the widest vector the JVM has on this processor, 512 at most. */
    static int offered() {
        return Math.min(VectorShape.preferredShape().vectorBitSize(), WIDEST);
    }

    /**
     * Why there is no such width, in a clause: none but three are known, and wider ones than the processor's would run as Java
     * objects, some hundred times slower.
     *
     * @param asked   the value of {@link #PROPERTY}, or null
     * @param offered bits of the widest vector there is
     * @return null if the width is there
     */
    static String refusal(String asked, int offered) {
        String begin = "-D" + PROPERTY + "=" + asked + " is refused: ";
        if (asked != null && bits(asked) == 0) {
            return begin + "the width is 128, 256 or 512 bits";
        }
        if (asked != null && bits(asked) > offered) {
            return begin + "Java offers vectors of " + offered + " bits on this processor";
        }
        return offered < NARROWEST ? "Java offers vectors of " + offered + " bits only" : null;
    }

    /** 0 for what is no width. */
    private static int bits(String asked) {
        return switch (asked) {
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default -> 0;
        };
    }

    private static VectorSpecies<Float> choose(String asked, int offered) {
        int bits = asked == null || refusal(asked, offered) != null ? offered : bits(asked);
        return switch (bits) {
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> FloatVector.SPECIES_128;
        };
    }
}
