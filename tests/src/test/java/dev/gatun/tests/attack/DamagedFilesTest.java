package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.attack.damage.DamageRun;
import dev.gatun.tests.attack.damage.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eighteen thousand damaged files, with {@code -Pthorough}; 20 of each kind in every build. Each is refused with a sentence
 * of ours or loads and predicts; nothing hangs, nothing runs out of memory, the JVM lives and its memory stays flat. The
 * files that show a fault are kept below target/attack/faults.
 */
final class DamagedFilesTest {

    /** For one file: the heap of a service is not a damaged file's to fill. Two million values, the most of a text, take 180 MB. */
    private static final long MOST_HEAP_BYTES = 200_000_000;
    /** What the JVM itself needs while it compiles. A leaked workspace of each file would be more than twice as much. */
    private static final long MOST_GROWTH_KIB = 150_000;

    private static final List<String> OPTIONS = Stream.concat(Child.USUAL.stream(), Stream.of("-Xms256m",
            "-XX:+AlwaysPreTouch")).toList();

    static Stream<List<Victim>> victims() {
        List<Victim> all = List.of(Victim.values());
        return Dose.isThorough() ? all.stream().map(List::of) : Stream.of(all);
    }

    @ParameterizedTest
    @MethodSource("victims")
    void eachIsRefusedWithASentenceOrWorks(List<Victim> victims) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(Dose.of(20, 1_800), Row.FOLDER.resolve("faults")));
        arguments.addAll(victims);
        List<String> lines;
        try (Child child = Child.start(OPTIONS, DamageRun.class, arguments.toArray())) {
            lines = child.lines(Duration.ofMinutes(Dose.of(2, 20)));
        }
        List<String> faults = lines.stream().filter(line -> line.startsWith("FAULT")).toList();
        for (String line : lines) {
            if (!line.startsWith("FAULT")) {
                tell(line.split(" "));
            }
        }
        assertEquals(List.of(), faults, faults.size() + " files");
    }

    private static void tell(String[] counts) {
        long mostBytes = Long.parseLong(counts[5]);
        long growth = Long.parseLong(counts[6]);
        Row.tell(DamagedFilesTest.class, "Damaged files: " + counts[0], String.format(java.util.Locale.ROOT,
                "%,d tried, %,d refused with a sentence, %,d read and used, %,d other; at most %,d MB of heap for one",
                Long.parseLong(counts[1]), Long.parseLong(counts[2]), Long.parseLong(counts[3]),
                Long.parseLong(counts[4]), mostBytes / 1_000_000));
        assertTrue(mostBytes < MOST_HEAP_BYTES, counts[0] + ": one file took " + mostBytes + " bytes of heap");
        assertTrue(growth < MOST_GROWTH_KIB, counts[0] + ": resident memory grew by " + growth + " KiB");
    }
}
