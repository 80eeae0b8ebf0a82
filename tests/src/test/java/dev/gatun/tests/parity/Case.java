package dev.gatun.tests.parity;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * One case of someone else's numbers.
 *
 * @param name   as it stands in its file
 * @param whyNot null if Gatun has the features for it, otherwise what is missing
 * @param check  null if it is not covered
 */
record Case(String name, String whyNot, Executable check) {

    static Case of(String name, Executable check) {
        return new Case(name, null, check);
    }

    static Case missing(String name, String whyNot) {
        return new Case(name, whyNot, null);
    }

    /** Those that are covered, each by its name. */
    static Stream<DynamicTest> tests(List<Case> cases) {
        return cases.stream().filter(one -> one.check != null)
                .map(one -> DynamicTest.dynamicTest(one.name, one.check));
    }
}
