package dev.gatun.layers.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said where memory ends: by an arena, which tells the rest itself, or by the JVM. */
final class NoRoomTest {

    private static final Pattern HEAP = Pattern.compile(
            "It is too large. The Java heap has (\\d+) bytes left of (\\d+); give the JVM more with -Xmx");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Java heap space", "Requested array size exceeds VM limit"})
    void whatTheJvmSaysHoldsNoNumbers(String said) {
        OutOfMemoryError cause = new OutOfMemoryError(said);
        OutOfMemoryError told = NoRoom.of("It is too large.", cause);
        assertSame(cause, told.getCause());
        Matcher numbers = HEAP.matcher(told.getMessage());
        assertTrue(numbers.matches(), told.getMessage());
        Runtime jvm = Runtime.getRuntime();
        assertEquals(jvm.maxMemory(), Long.parseLong(numbers.group(2)));
        long left = Long.parseLong(numbers.group(1));
        assertTrue(left >= jvm.maxMemory() - jvm.totalMemory() && left < jvm.maxMemory(), told.getMessage());
    }

    @Test
    void whatAnArenaSaysIsToldAsItIs() {
        assertEquals("It is too large. Arena 'a' is full",
                NoRoom.of("It is too large.", new OutOfMemoryError("Arena 'a' is full")).getMessage());
    }
}
