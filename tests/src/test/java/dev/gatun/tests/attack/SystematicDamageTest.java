package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files cut off at every 64th byte and with each field at its extremes, every one of them with {@code -Pthorough}, some in every
 * build, in a JVM of 256 MB: read or refused with a sentence, and no more memory than that.
 */
final class SystematicDamageTest {

    /** Fields of a seed that are changed in every build. */
    private static final int FEW = 12;

    @Test
    void eachIsReadOrRefused() throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(Dose.of(FEW, Integer.MAX_VALUE)));
        FuzzCampaignTest.readers().forEach(arguments::add);
        List<String> lines;
        try (Child child = Child.start(Stream.concat(Child.USUAL.stream(), Stream.of("-XX:+ExitOnOutOfMemoryError"))
                .toList(), SystematicRun.class, arguments.toArray())) {
            lines = child.lines(Duration.ofMinutes(Dose.of(5, 120)));
        }
        for (String line : lines) {
            String[] counts = line.split(" ");
            if (!line.startsWith("FAULT")) {
                Row.tell(SystematicDamageTest.class, "Cut and extreme fields: " + counts[0], String.format(Locale.ROOT,
                        "%,d tried in a heap of 256 MB, none other than read or refused; the slowest took %,d ms, at most %,d MB of heap for one",
                        Long.parseLong(counts[1]), Long.parseLong(counts[2]), Long.parseLong(counts[3]) / 1_000_000));
            }
        }
        assertEquals(List.of(), lines.stream().filter(line -> line.startsWith("FAULT")).toList());
    }
}
