package dev.gatun.tests.attack.damage;

import com.sun.management.ThreadMXBean;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.attack.Sentence;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Damages files of some kinds and uses them, in a JVM that may die of it. Prints {@code FAULT} lines, and at the end a line
 * {@code victim, tried, refused, worked, faults, most bytes of heap for one file, growth of resident KiB}.
 */
public final class DamageRun {

    private static final long LIMIT_MILLIS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Path failures;
    private final Victim.Material material;
    private final AtomicInteger forgotten = new AtomicInteger();
    private final Logger log = Logger.getLogger(TensorArena.class.getName());

    private long mostBytes;
    private int refused;
    private int worked;
    private int faults;

    private DamageRun(Path folder, Path failures, Victim.Material material) {
        this.folder = folder;
        this.failures = failures;
        this.material = material;
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                forgotten.incrementAndGet();
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    /** {@code <files of each kind> <folder for the files that show a fault> <kind>...} */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("gatun-damage");
        List<Victim> victims = Arrays.stream(args).skip(2).map(Victim::valueOf).toList();
        boolean keras = victims.stream().anyMatch(victim -> victim.ending().equals(".keras"));
        Victim.Material material = Victim.Material.in(folder, keras);
        for (Victim victim : victims) {
            if (!victim.ending().equals(".keras") || !material.kerasFiles().isEmpty()) {
                new DamageRun(folder, Path.of(args[1]), material).attack(victim, Integer.parseInt(args[0]));
            }
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        System.exit(0); // A thread that hangs has been told of; it must not keep this JVM.
    }

    private void attack(Victim victim, int count) throws Exception {
        long settled = 0;
        for (int i = 0; i < count; i++) {
            attempt(victim, i);
            if (i == count / 3) {
                settled = residentKib();
            }
        }
        long growth = residentKib() - settled;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        if (forgotten.get() > 0) {
            fault(victim, -1, forgotten + " arenas were left open");
        }
        System.out.println(String.join(" ", victim.name(), String.valueOf(count), String.valueOf(refused),
                String.valueOf(worked), String.valueOf(faults), String.valueOf(mostBytes), String.valueOf(growth)));
    }

    private void attempt(Victim victim, int seed) throws Exception {
        byte[] bytes = victim.damaged(material, new Random(seed * 1_000_003L + victim.ordinal()));
        Path file = Files.write(folder.resolve("damaged" + victim.ending()), bytes);
        Throwable[] thrown = new Throwable[1];
        long[] allocated = new long[1];
        Thread worker = Thread.ofPlatform().daemon().name("damage").unstarted(() -> {
            try {
                victim.use(file, material);
            } catch (Throwable any) {
                thrown[0] = any;
            }
            allocated[0] = THREADS.getCurrentThreadAllocatedBytes();
        });
        worker.start();
        worker.join(LIMIT_MILLIS);
        if (worker.isAlive()) {
            keep(victim, seed, bytes);
            fault(victim, seed, "hangs at " + Arrays.toString(worker.getStackTrace()));
            return;
        }
        mostBytes = Math.max(mostBytes, allocated[0]);
        Optional<String> fault = thrown[0] instanceof IOException
                ? Sentence.fault(thrown[0].getMessage())
                : Optional.ofNullable(thrown[0]).map(any -> "is not an IOException");
        if (fault.isPresent()) {
            keep(victim, seed, bytes);
            fault(victim, seed, fault.get() + ": " + told(thrown[0]));
        } else if (thrown[0] == null) {
            worked++;
        } else {
            refused++;
        }
    }

    private void fault(Victim victim, int seed, String what) {
        faults++;
        System.out.println("FAULT " + victim + " " + seed + " " + what.replaceAll("\\R", " / "));
    }

    private static String told(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String text = String.valueOf(thrown);
        return text.substring(0, Math.min(400, text.length())) + " at "
                + Arrays.toString(Arrays.copyOf(trace, Math.min(6, trace.length)));
    }

    private void keep(Victim victim, int seed, byte[] bytes) throws IOException {
        Files.createDirectories(failures);
        Files.write(failures.resolve(victim + "-" + seed + victim.ending()), bytes);
    }

    private static long residentKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }
}
