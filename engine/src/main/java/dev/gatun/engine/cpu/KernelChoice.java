package dev.gatun.engine.cpu;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Which kernels run, decided once from the facts of the JVM and said in one line by {@link #describe}; results are the same
 * bits either way. By default SIMD kernels, but the scalar twins of those that predict as long as the JVM has not compiled
 * them: until then every vector is an object, and a first prediction takes seconds. The system property {@value #PROPERTY} set
 * to {@code simd} or {@code scalar} takes one of the two from beginning to end. Where SIMD kernels cannot run, or not fast, the
 * twins do everything, and {@link #warn} says why and what helps.
 */
public final class KernelChoice {

    /** Name of the property: {@code auto} (default), {@code simd} or {@code scalar}. */
    public static final String PROPERTY = "dev.gatun.kernels";

    /** As {@link Lanes#PROPERTY}, for JVMs where that class cannot be loaded. */
    static final String WIDTH_PROPERTY = "dev.gatun.vectorBits";

    private static final Verdict HERE = Verdict.of(JvmFacts.here());

    /** Whether twins are all there is. Constant for the JIT: a dispatch on it costs nothing. */
    public static final boolean SCALAR = HERE.scalar();

    /** Whether twins stand in for SIMD kernels until the JVM has compiled these. */
    public static final boolean TWINS_FIRST = !SCALAR && !HERE.warm();

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private static volatile boolean cold = TWINS_FIRST;
    private static volatile String given;

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

    /**
     * SIMD kernels will not be compiled: their twins go on predicting, and a warning says so. Training is on its way with SIMD
     * kernels, for whose choice it is too late.
     *
     * @param why a clause that begins after "because"
     */
    public static void givenUp(String why) {
        given = why;
        tell("Gatun predicts with its scalar kernels, because " + why
                + ": a step takes some ten times as long as with SIMD kernels, and training, which uses those, hundreds "
                + "of times. To have training faster on this JVM, start it with -D" + PROPERTY + "=scalar.");
    }

    /** Tells through the {@link System.Logger} of this class's name, once per JVM, if kernels are slow: why, and what helps. */
    public static void warn() {
        if (HERE.warning() != null) {
            tell(HERE.warning());
        }
    }

    private static void tell(String warning) {
        if (WARNED.compareAndSet(false, true)) {
            System.getLogger(KernelChoice.class.getName()).log(Level.WARNING, warning);
        }
    }

    /**
     * The kernels that run, and why if they are not the fastest.
     *
     * @return for example {@code SIMD kernels, 16 float lanes (512 bits)}
     */
    public static String describe() {
        if (SCALAR) {
            return "scalar kernels, because " + String.join(", and because ", HERE.why());
        }
        String simd = "SIMD kernels, " + Lanes.LANES + " float lanes (" + Lanes.LANES * Float.SIZE + " bits)";
        return given == null ? simd : "scalar kernels for predictions, because " + given + "; for training " + simd;
    }
}
