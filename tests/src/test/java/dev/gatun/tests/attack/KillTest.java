package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.tests.attack.kills.Saver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JVMs that save in a loop and are killed at any moment: what they were saving is whole, the old one or the new one. After
 * SIGTERM no temporary file is there; after SIGKILL the next save sweeps it.
 */
final class KillTest {

    private static final Duration START = Duration.ofSeconds(60);
    private static final int LATEST_MILLIS = 120;

    @TempDir
    Path folder;

    @Test
    void afterSigkillTheFilesAreWholeAndTheNextSaveSweeps() throws Exception {
        int kills = Dose.of(2, 100);
        int left = 0;
        for (int kill = 0; kill < kills; kill++) {
            Path each = Files.createDirectory(folder.resolve("kill" + kill));
            whileSaving(each, new Random(kill), Child::kill);
            Saver.requireWhole(each);
            left += others(each).isEmpty() ? 0 : 1;
            Saver.saveOnce(each);
            assertEquals(List.of(), others(each), "after the next save");
            Saver.requireWhole(each);
        }
        Row.tell(KillTest.class, "SIGKILL while saving", String.format(java.util.Locale.ROOT,
                "%d kills, %d times both files whole; %d left a temporary file, 0 after the next save", kills, kills,
                left));
    }

    @Test
    void afterSigtermTheFilesAreWholeAndNothingElseIsThere() throws Exception {
        int kills = Dose.of(2, 100);
        for (int kill = 0; kill < kills; kill++) {
            Path each = Files.createDirectory(folder.resolve("term" + kill));
            whileSaving(each, new Random(kill), Child::terminate);
            Saver.requireWhole(each);
            assertEquals(List.of(), others(each), "its own, removed on its way out");
        }
        Row.tell(KillTest.class, "SIGTERM while saving", String.format(java.util.Locale.ROOT,
                "%d kills, %d times both files whole, no temporary file left", kills, kills));
    }

    private interface Blow {
        void to(Child child);
    }

    private static void whileSaving(Path folder, Random random, Blow blow) throws Exception {
        try (Child child = Child.start(Child.USUAL, Saver.class, folder)) {
            assertTrue(child.awaitText("saving", START), () -> child.out() + child.errors());
            Thread.sleep(random.nextInt(LATEST_MILLIS));
            blow.to(child);
            assertTrue(child.exit(START) != 0, "it was killed");
        }
    }

    /** Whatever is there beside the two files. */
    private static List<String> others(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("model.gatun") && !name.equals("array.npy")).sorted().toList();
        }
    }
}
