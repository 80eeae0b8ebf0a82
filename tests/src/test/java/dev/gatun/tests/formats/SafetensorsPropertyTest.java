package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Safetensors;
import dev.gatun.formats.tensors.SafetensorsFile;
import dev.gatun.formats.tensors.SafetensorsWriter;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Tensor;
import dev.gatun.tests.InTemporaryFolder;
import dev.gatun.tests.NormalTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class SafetensorsPropertyTest extends InTemporaryFolder {

    private static final byte[] JSON_BYTES = "0123456789{}[]\",:-.eE \\".getBytes(StandardCharsets.US_ASCII);

    @Provide
    Arbitrary<Map<String, Tensor>> tensors() {
        Arbitrary<Tensor> tensor = Arbitraries.longs()
                .between(0, 4)
                .array(long[].class)
                .ofMaxSize(4)
                .flatMap(shape -> Arbitraries.longs().map(seed -> NormalTensor.of(seed, shape)));
        return Arbitraries.maps(text().filter(name -> !name.equals("__metadata__")), tensor).ofMaxSize(6);
    }

    @Provide
    Arbitrary<Map<String, String>> metadata() {
        return Arbitraries.maps(text(), text()).ofMaxSize(4);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.strings().ofMaxLength(12).filter(SafetensorsPropertyTest::isUnicode);
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsRead(
            @ForAll("tensors") Map<String, Tensor> tensors, @ForAll("metadata") Map<String, String> metadata)
            throws IOException {
        Path file = Files.write(folder.resolve("round.safetensors"), bytes(tensors, metadata));
        try (SafetensorsFile read = Safetensors.read(file)) {
            assertEquals(metadata, read.metadata());
            assertEquals(tensors.size(), read.tensors().size());
            for (Map.Entry<String, Tensor> written : tensors.entrySet()) {
                assertEquals(written.getValue().shape(), read.info(written.getKey()).shape());
                assertArrayEquals(written.getValue().toArray(), read.tensor(written.getKey()).toArray());
            }
        }
    }

    /** Flipped bits, changed bytes and cut ends: the file is read as a sound one, or refused in one way only. */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void aDamagedFileIsReadOrRefused(
            @ForAll("tensors") Map<String, Tensor> tensors, @ForAll long seed, @ForAll @IntRange(max = 3) int kind)
            throws IOException {
        byte[] whole = bytes(tensors, Map.of("k", "v"));
        int headerEnd = 8 + (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Random random = new Random(seed);
        byte[] damaged = whole.clone();
        switch (kind) {
            case 0 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> damaged[random.nextInt(headerEnd)] = (byte) random.nextInt(256);
            case 2 -> damaged[8 + random.nextInt(headerEnd - 8)] = JSON_BYTES[random.nextInt(JSON_BYTES.length)];
            default -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        Path file = Files.write(folder.resolve("damaged.safetensors"), damaged);
        if (kind == 3) {
            assertThrows(FormatException.class, () -> Safetensors.read(file).close());
            return;
        }
        boolean sameHeader = Arrays.equals(damaged, 0, headerEnd, whole, 0, headerEnd);
        try (SafetensorsFile read = Safetensors.read(file)) {
            requireSound(read, damaged.length);
            if (sameHeader) {
                tensors.forEach((name, tensor) -> assertTrue(read.contains(name)));
            }
        } catch (FormatException refused) {
            assertTrue(!sameHeader, refused.getMessage());
            assertTrue(refused.problem().isPresent());
            assertEquals(1, refused.getMessage().lines().count());
        }
    }

    private static void requireSound(SafetensorsFile read, long fileBytes) throws IOException {
        long end = 0;
        for (TensorInfo info : read.tensors()) {
            assertEquals(end, info.begin());
            end = info.end();
            try {
                assertEquals(info.shape().elements(), read.tensor(info.name()).toArray().length);
                assertEquals(info.shape().elements(), read.doubles(info.name()).length);
            } catch (FormatException unknownDtype) {
                assertEquals("UNSUPPORTED_DTYPE", unknownDtype.problem().orElseThrow().name());
            }
        }
        assertTrue(end <= fileBytes);
    }

    private static byte[] bytes(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(metadata);
        tensors.forEach(writer::tensor);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.writeTo(Channels.newChannel(out));
        return out.toByteArray();
    }
}
