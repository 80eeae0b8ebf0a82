package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge of all attacks is judged: it lets our sentences pass, and none of the JVM's. */
final class SentenceTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "model.gatun: the header is not JSON: Unexpected character ('c' (code 99)); copy it again",
        "Layer 'lstm' (LSTM): units: expected a whole number from 1, got null; correct it",
        "The vector module is missing: start Java with --add-modules jdk.incubator.vector",
        "unknown option -Ddev.gatun.vectorBits=64; give 128, 256 or 512",
        "x.npy: the array has 12 numbers, expected 24"})
    void ours(String message) {
        assertEquals(Optional.empty(), Sentence.fault(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "null", "x.gatun: cannot be read: null", "Index 5 out of bounds for length 3",
        "Cannot invoke \"String.length()\" because \"text\" is null", "a\nb", "Already closed",
        "No enum constant dev.gatun.data.Missing.", "java.lang.String@1b6d3586",
        "cannot be written (NoSuchFileException: /x)", "internal error, please report it",
        "the header is not JSON: (start marker at [Source: REDACTED; line: 1, column: 2])", "-1",
        "class java.lang.Integer cannot be cast to class java.lang.String", "Java heap space",
        "Range [0, -1) out of bounds for length 3"})
    void theJvms(String message) {
        assertTrue(Sentence.fault(message).isPresent(), message);
    }
}
