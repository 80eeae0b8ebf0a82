package dev.gatun.tests.badinput;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What a refusal must say. */
public final class Refusal {

    private Refusal() {}

    /** Throws unless the call is refused as a bad argument, in words that hold all the parts: layer, expected, got, fix. */
    public static void of(Executable call, String... parts) {
        holds(assertThrows(IllegalArgumentException.class, call), parts);
    }

    /** As {@link #of}, for calls at the wrong time. */
    public static void ofState(Executable call, String... parts) {
        holds(assertThrows(IllegalStateException.class, call), parts);
    }

    public static void holds(Throwable thrown, String... parts) {
        for (String part : parts) {
            assertTrue(thrown.getMessage() != null && thrown.getMessage().contains(part),
                    "'" + part + "' is not in: " + thrown.getMessage());
        }
    }
}
