package dev.gatun.engine.cpu;

/**
 * Which kernels run, said in one line by {@link #describe}; results are the same bits either way. By default SIMD kernels, but
 * the scalar twins of those that predict as long as the JVM has not compiled them: until then every vector is an object, and a
 * first prediction takes seconds. The system property {@value #PROPERTY} set to {@code simd} or {@code scalar} takes one of
 * the two from beginning to end.
 */
public final class KernelChoice {

    /** Name of the property: {@code auto} (default), {@code simd} or {@code scalar}. */
    public static final String PROPERTY = "dev.gatun.kernels";

    private static final String ASKED = System.getProperty(PROPERTY, "auto");

    /** Whether twins are all there is. Constant for the JIT: a dispatch on it costs nothing. */
    public static final boolean SCALAR = switch (ASKED) {
        case "auto", "simd" -> false;
        case "scalar" -> true;
        default -> throw new IllegalArgumentException(
                "System property " + PROPERTY + " is '" + ASKED + "'; expected auto, simd or scalar");
    };

    private static volatile boolean cold = ASKED.equals("auto");

    private KernelChoice() {}

    /** Whether the SIMD kernels that predict are still to be compiled, and their twins stand in for them. */
    public static boolean isCold() {
        return cold;
    }

    /** Whether the twins of the kernels that predict run now. */
    public static boolean isScalarNow() {
        return SCALAR || cold;
    }

    /** From now on SIMD kernels predict. */
    public static void compiled() {
        cold = false;
    }

    /** For example {@code SIMD kernels, 16 float lanes (512 bits)}. */
    public static String describe() {
        return SCALAR
                ? "scalar kernels, because " + PROPERTY + "=scalar"
                : "SIMD kernels, " + Lanes.LANES + " float lanes (" + Lanes.LANES * Float.SIZE + " bits)";
    }
}
