package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fuzzer on each reader, half an hour each, or {@code -Dgatun.fuzz.seconds} of them. What it finds is kept among the seeds
 * of {@link FuzzTargets}, which runs it in every build from then on.
 */
@Tag("thorough")
final class FuzzCampaignTest {

    private static final int SECONDS = Integer.getInteger("gatun.fuzz.seconds", 1_800);
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
    private static final Pattern COVERAGE = Pattern.compile("cov: (\\d+) ft: (\\d+) corp: (\\d+)");

    /** The fuzzer instruments classes while they are loaded, and needs a heap of its own. */
    private static final List<String> OPTIONS = List.of("-Xmx1g", "--add-modules", "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED", "-XX:+EnableDynamicAgentLoading",
            "-Djazzer.max_duration=" + SECONDS + "s");

    static Stream<String> readers() {
        return Arrays.stream(FuzzTargets.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class)).map(method -> method.getName()).sorted();
    }

    @ParameterizedTest
    @MethodSource("readers")
    void nothingIsFound(String reader) throws Exception {
        try (Child child = Child.fuzzing(OPTIONS, FuzzRun.class, reader)) {
            int exit = child.exit(Duration.ofSeconds(SECONDS + 300));
            Matcher done = last(DONE, child.errors());
            Matcher coverage = last(COVERAGE, child.errors());
            Row.tell(FuzzCampaignTest.class, "Fuzzed: " + reader,
                    Row.count(Long.parseLong(done.group(1))) + " inputs in " + done.group(2) + " s, "
                            + coverage.group(1) + " edges, " + coverage.group(3) + " inputs kept, "
                            + (exit == 0 ? "nothing found" : "a fault found"));
            assertEquals(0, exit, child.out() + child.errors());
        }
    }

    private static Matcher last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int at = -1;
        while (matcher.find()) {
            at = matcher.start();
        }
        if (at < 0 || !matcher.find(at)) {
            throw new AssertionError("The fuzzer did not say '" + pattern + "': " + text);
        }
        return matcher;
    }
}
