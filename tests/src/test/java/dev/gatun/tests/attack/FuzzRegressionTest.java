package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seeds of {@link FuzzTargets} and all that the fuzzer once found, without the fuzzer, which would rewrite our classes. */
final class FuzzRegressionTest {

    static Stream<String> readers() {
        return FuzzCampaignTest.readers();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void everyInputIsReadOrRefusedWithASentence(String reader) throws Exception {
        List<Path> inputs = FuzzTargets.inputs(reader);
        assertFalse(inputs.isEmpty(), reader + " has no seed");
        List<String> faults = new ArrayList<>();
        for (Path input : inputs) {
            try {
                FuzzTargets.class.getDeclaredMethod(reader, byte[].class).invoke(new FuzzTargets(),
                        (Object) Files.readAllBytes(input));
            } catch (InvocationTargetException fault) {
                faults.add(input.getFileName() + ": " + fault.getCause());
            }
        }
        assertEquals(List.of(), faults);
    }
}
