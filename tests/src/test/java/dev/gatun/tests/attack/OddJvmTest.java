package dev.gatun.tests.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.tests.attack.jvms.Facts;
import dev.gatun.tests.attack.jvms.Pool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JVMs unlike the usual one: predictions, trainings, saved files and every word of the command line are the usual one's, bit
 * for bit and letter for letter.
 */
final class OddJvmTest {

    /** What the JVM itself says of an option on standard output: {@code [0.002s][warning][pagesize] ...}. */
    private static final Pattern JVMS_OWN = Pattern.compile("\\[[0-9.,]+s\\]\\[warning");

    /** Without the flag that adds the vector module the scalar twins do all the work. */
    private static final String NO_VECTORS = "without --add-modules";
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @TempDir
    static Path shared;

    private static List<String> usual;

    @TempDir
    Path folder;

    static Stream<String> options() {
        return Stream.of(
                NO_VECTORS, "-Duser.language=tr -Duser.country=TR", "-Xint", "-Xcomp -XX:TieredStopAtLevel=1",
                "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation",
                "-XX:-UseFMA", "-XX:UseAVX=0", "-XX:UseAVX=1", "-XX:UseAVX=2", "-XX:UseSSE=2",
                "-Xmx64m", "-Xss256k", "-Xmx64m -Xss256k -XX:MaxMetaspaceSize=96m",
                "-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseZGC", "-XX:+UseShenandoahGC",
                "-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC -Xmx2g",
                "-XX:-UseCompressedOops", "-XX:+UseCompactObjectHeaders", "-XX:ActiveProcessorCount=1",
                "-XX:ActiveProcessorCount=32", "-XX:+UseLargePages", "-XX:-StackTraceInThrowable",
                "-Xcheck:jni", "-Xverify:all", "-esa -ea", "-Xshare:off", "-XX:MaxDirectMemorySize=1m",
                "-Dfile.encoding=ISO-8859-1 -Dstdout.encoding=US-ASCII", "-Dfile.encoding=UTF-16",
                "-Dsun.jnu.encoding=ANSI_X3.4-1968", "-Djava.security.manager=disallow",
                "--illegal-native-access=deny", "-Duser.language=ar -Duser.country=EG",
                "-Duser.language=ar -Duser.script=Arab -Duser.extensions=u-nu-arab", "-Duser.language=de",
                "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai",
                "-Duser.language=fa -Duser.country=IR", "-Duser.timezone=Pacific/Apia", "-Dline.separator=\r\n",
                "-Ddev.gatun.kernels=scalar", "-Ddev.gatun.vectorBits=128", "-Ddev.gatun.kernels=auto");
    }

    @ParameterizedTest
    @Tag("thorough")
    @MethodSource("options")
    void everythingIsTheSame(String options) throws Exception {
        List<String> all = new ArrayList<>(Child.USUAL);
        if (options.equals(NO_VECTORS)) {
            all.removeAll(List.of("--add-modules", "jdk.incubator.vector", "-Ddev.gatun.kernels=simd"));
        } else {
            all.addAll(Arrays.asList(options.split(" ")));
        }
        assumeTrue(startsHere(all), () -> "this JVM does not know " + options);
        assertSame(options.replace("\r\n", "CR LF"), facts(null, folder, all));
    }

    @Test
    @Tag("thorough")
    void aWorkingFolderThatCannotBeWrittenAndNoFolderForTemporaryFiles() throws Exception {
        Path unwritable = Path.of("/proc");
        assumeTrue(Files.isDirectory(unwritable), "there is no folder here that nobody can write");
        List<String> all = new ArrayList<>(Child.USUAL);
        all.add("-Djava.io.tmpdir=/there/is/no/such/folder");
        assertSame("no folder to write in but the target's", facts(unwritable, folder, all));
    }

    @Test
    void aPoolOfAContainer() throws Exception {
        int tasks = Dose.of(64, 2_000);
        try (Child child = Child.start(Child.USUAL, Pool.class, folder, tasks)) {
            assertEquals(List.of(String.valueOf(tasks)), child.lines(LIMIT));
        }
        Row.tell(OddJvmTest.class, "32 threads without a class loader of ours",
                Row.count(tasks) + " tasks load, predict and save with the right bits");
    }

    private static void assertSame(String what, List<String> facts) throws Exception {
        if (usual == null) {
            usual = facts(null, shared, Child.USUAL);
        }
        assertEquals(String.join("\n", usual), String.join("\n", facts), what);
        Row.tell(OddJvmTest.class, "JVM: `" + what + "`", facts.size() + " facts, all as in the usual JVM");
    }

    private static List<String> facts(Path where, Path folder, List<String> options) throws Exception {
        try (Child child = Child.start(where, options, Facts.class, folder.toAbsolutePath())) {
            return child.lines(LIMIT).stream().filter(line -> !JVMS_OWN.matcher(line).lookingAt()).toList();
        }
    }

    /** Whether a JVM with these options starts at all: collectors and flags come and go. */
    private static boolean startsHere(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-version");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
