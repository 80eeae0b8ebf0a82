package dev.gatun.engine.cpu;

/**
 * Which kernels run, decided once per process and said in one line by {@link #describe}. SIMD kernels unless the system
 * property {@code dev.gatun.kernels} is {@code scalar}; results are the same bits either way.
 */
public final class KernelChoice {

    /** Name of the property: {@code simd} (default) or {@code scalar}. */
    public static final String PROPERTY = "dev.gatun.kernels";

    /** Constant for the JIT: a dispatch on it costs nothing. */
    public static final boolean SCALAR = scalar(System.getProperty(PROPERTY, "simd"));

    private KernelChoice() {}

    private static boolean scalar(String value) {
        return switch (value) {
            case "simd" -> false;
            case "scalar" -> true;
            default -> throw new IllegalArgumentException(
                    "System property " + PROPERTY + " is '" + value + "'; expected simd or scalar");
        };
    }

    /** For example {@code SIMD kernels, 16 float lanes (512 bits)}. */
    public static String describe() {
        return SCALAR
                ? "scalar kernels, because " + PROPERTY + "=scalar"
                : "SIMD kernels, " + Lanes.LANES + " float lanes (" + Lanes.LANES * Float.SIZE + " bits)";
    }
}
