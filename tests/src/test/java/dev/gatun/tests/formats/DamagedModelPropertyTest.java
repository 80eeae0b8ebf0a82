package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.gatun.layers.model.Model;
import dev.gatun.memory.TensorArena;
import dev.gatun.tests.Shared;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A damaged model file is read, or refused with an IOException; nothing else happens and no memory stays behind. */
class DamagedModelPropertyTest {

    private static final String JSON_BYTES = "0123456789{}[]\",:-.eE \\";

    private static Path folder;
    private static byte[] whole;

    @BeforeContainer
    static void saveAModel() throws IOException {
        folder = Files.createTempDirectory("gatun-damaged");
        Path file = folder.resolve("whole.gatun");
        try (Model model = GatunModels.rich(1)) {
            model.save(file);
        }
        whole = Files.readAllBytes(file);
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        for (Path file : Files.list(folder).toList()) {
            Files.delete(file);
        }
        Files.delete(folder);
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aDamagedGatunFileIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(max = 3) int kind) throws IOException {
        int headerEnd = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        loads(Files.write(folder.resolve("damaged.gatun"), damaged(whole, headerEnd, seed, kind)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aDamagedKerasArchiveIsReadOrRefused(@ForAll long seed, @ForAll @IntRange(max = 3) int kind)
            throws IOException {
        Optional<Path> source = Shared.find("fixtures/files/keras3_a_tiny_C2.keras");
        if (source.isPresent()) {
            byte[] bytes = Files.readAllBytes(source.get());
            loads(Files.write(folder.resolve("damaged.keras"), damaged(bytes, bytes.length, seed, kind)));
        }
    }

    /** As above, but with right checksums, so that the damage reaches the parsers of JSON and HDF5. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void damageInsideAKerasArchiveIsReadOrRefused(
            @ForAll long seed, @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(max = 2) int entry)
            throws IOException {
        Optional<Path> source = Shared.find("fixtures/files/keras3_a_tiny_C2.keras");
        if (source.isEmpty()) {
            return;
        }
        String damaged = List.of("metadata.json", "config.json", "model.weights.h5").get(entry);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipFile from = new ZipFile(source.get().toFile()); ZipOutputStream to = new ZipOutputStream(archive)) {
            for (ZipEntry each : from.stream().toList()) {
                byte[] bytes = from.getInputStream(each).readAllBytes();
                to.putNextEntry(new ZipEntry(each.getName()));
                to.write(each.getName().equals(damaged) ? damaged(bytes, bytes.length, seed, kind) : bytes);
            }
        }
        loads(Files.write(folder.resolve("inside.keras"), archive.toByteArray()));
    }

    @Example
    void nothingStaysBehindWhenModelsAreRefused() throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(TensorArena.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(java.text.MessageFormat.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            for (int seed = 0; seed < 200; seed++) {
                aDamagedGatunFileIsReadOrRefused(seed, seed % 4);
            }
            for (int wait = 0; wait < 5; wait++) {
                System.gc();
                Thread.sleep(50);
            }
        } finally {
            log.removeHandler(handler);
        }
        assertFalse(warnings.stream().anyMatch(line -> line.contains("rich")), warnings.toString());
    }

    private static byte[] damaged(byte[] sound, int headerEnd, long seed, int kind) {
        Random random = new Random(seed);
        byte[] damaged = sound.clone();
        switch (kind) {
            case 0 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[random.nextInt(headerEnd)] = (byte) random.nextInt(256);
            case 2 -> damaged[Math.min(headerEnd - 1, 8 + random.nextInt(headerEnd))] = (byte) JSON_BYTES
                    .charAt(random.nextInt(JSON_BYTES.length()));
            default -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        return damaged;
    }

    private static void loads(Path file) {
        try (Model model = Model.load(file)) {
            assertFalse(model.outputNames().isEmpty());
        } catch (IOException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
        }
    }
}
