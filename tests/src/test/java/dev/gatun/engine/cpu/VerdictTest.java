package dev.gatun.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** From the facts of a JVM to its kernels and to what is said of them, for JVMs that are not at hand too. */
final class VerdictTest {

    private static JvmFacts facts(String kernels, String bits, String info, boolean fma, int offered) {
        return new JvmFacts(kernels, bits, true, info, fma, offered);
    }

    @Test
    void allIsWell() {
        Verdict auto = Verdict.of(facts(null, null, "mixed mode, sharing", true, JvmFacts.NOT_ASKED));
        assertEquals(new Verdict(false, false, List.of(), null), auto);
        Verdict simd = Verdict.of(facts("simd", "256", "mixed mode", true, 512));
        assertEquals(new Verdict(false, true, List.of(), null), simd);
    }

    @Test
    void askedForTwinsNothingIsWrong() {
        Verdict verdict = Verdict.of(new JvmFacts("scalar", "64", false, "interpreted mode", true, JvmFacts.NOT_ASKED));
        assertTrue(verdict.scalar());
        assertNull(verdict.warning());
        assertEquals(List.of("dev.gatun.kernels=scalar"), verdict.why());
    }

    /** Twins without the instruction are slower than the twins that were asked for. */
    @Test
    void askedForTwinsWithoutFmaIsSaid() {
        Verdict verdict = Verdict.of(facts("scalar", null, "mixed mode", false, JvmFacts.NOT_ASKED));
        assertEquals(2, verdict.why().size());
        assertTrue(verdict.warning().contains("fused multiply-add"), verdict.warning());
    }

    @Test
    void narrowVectorsAreNoVectors() {
        Verdict verdict = Verdict.of(facts("simd", null, "mixed mode", true, 64));
        assertEquals(List.of("Java offers vectors of 64 bits only"), verdict.why());
    }

    @Test
    void everyCauseIsNamedOnceWithItsFix() {
        Verdict verdict = Verdict.of(new JvmFacts(null, null, false, "interpreted mode", false, JvmFacts.NOT_ASKED));
        assertEquals(3, verdict.why().size());
        for (SlowCause cause : List.of(SlowCause.NO_VECTOR_MODULE, SlowCause.NO_COMPILER, SlowCause.NO_FMA)) {
            assertTrue(verdict.warning().contains(cause.cost()) && verdict.warning().contains(cause.fix()),
                    verdict.warning());
        }
        assertFalse(verdict.warning().contains("\n"));
    }
}
