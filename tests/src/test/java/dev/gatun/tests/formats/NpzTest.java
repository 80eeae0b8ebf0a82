package dev.gatun.tests.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gatun.formats.FormatException;
import dev.gatun.formats.tensors.Npy;
import dev.gatun.formats.tensors.Npz;
import dev.gatun.formats.tensors.TensorInfo;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives of arrays: packed and not, whole or refused by what is wrong.
class NpzTest {

    @TempDir
    Path folder;

    private static byte[] npy(Tensor tensor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Npy.writeTo(Channels.newChannel(bytes), tensor);
        return bytes.toByteArray();
    }

    /// An archive as somebody else may write it.
    private Path packed(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("packed.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static void refused(Path file, String... said) {
        String message = assertThrows(FormatException.class, () -> {
            try (Npz npz = Npz.open(file)) {
                for (TensorInfo info : npz.arrays()) {
                    npz.tensor(info.name());
                }
            }
        }).getMessage();
        for (String text : said) {
            assertTrue(message.contains(text), message);
        }
    }

    @Test
    void whatIsWrittenIsReadInItsOrder() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("x", Tensor.of(new float[] {1, -2.5f, Float.NaN, 4, 5, 6}, 2, 3));
        tensors.put("ids", Tensor.ofInts(new int[] {7, -8}, 2));
        tensors.put("a/b", Tensor.zeros(0, 3));
        Path file = folder.resolve("a.npz");
        Npz.write(file, tensors);
        try (Npz npz = Npz.open(file)) {
            assertEquals(List.of("x", "ids", "a/b"), npz.arrays().stream().map(TensorInfo::name).toList());
            assertArrayEquals(tensors.get("x").toArray(), npz.tensor("x").toArray());
            assertEquals(Shape.of(2, 3), npz.tensor("x").shape());
            assertArrayEquals(new int[] {7, -8}, npz.ints("ids").toIntArray());
            assertArrayEquals(new float[] {7, -8}, npz.tensor("ids").toArray());
            assertEquals(Shape.of(0, 3), npz.tensor("a/b").shape());
            assertTrue(assertThrows(FormatException.class, () -> npz.ints("x")).getMessage().contains("'x'"));
            assertTrue(assertThrows(FormatException.class, () -> npz.tensor("y")).getMessage()
                    .contains("has no array 'y', only [x, ids, a/b]"));
        }
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, tensors);
        assertArrayEquals(first, Files.readAllBytes(file), "equal tensors, equal bytes");
    }

    @Test
    void packedArchivesAreReadAndOtherFilesInThemPassedOver() throws IOException {
        Path file = packed(Map.of("x.npy", npy(Tensor.of(new float[5000], 5000)), "note.txt", new byte[3]));
        assertTrue(Files.size(file) < 2000);
        try (Npz npz = Npz.open(file)) {
            assertEquals(1, npz.arrays().size());
            assertTrue(npz.contains("x") && !npz.contains("note.txt"));
            assertEquals(5000, npz.tensor("x").toArray().length);
        }
    }

    @Test
    void whatIsNotSoundIsRefused() throws IOException {
        byte[] sound = npy(Tensor.of(new float[] {1, 2}, 2));
        refused(packed(Map.of("x.npy", Arrays.copyOf(sound, sound.length - 1))), "packed.npz array 'x'", "ends early");
        refused(packed(Map.of("x.npy", Arrays.copyOf(sound, sound.length + 1))), "array 'x'", "goes on behind");
        refused(packed(Map.of("x.npy", new byte[100])), "array 'x'", "does not begin with");
        refused(packed(Map.of("x.npy", new byte[0])), "array 'x'", "at least");
        refused(folder.resolve("no.npz"), "no.npz", "there is no such file");
        Path file = packed(Map.of("x.npy", sound));
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.npz");
        for (int bytes = 0; bytes < whole.length; bytes += 16) {
            Files.write(cut, Arrays.copyOf(whole, bytes));
            refused(cut, "cut.npz", "not a whole .npz file");
        }
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x55;
            Files.write(cut, changed);
            try (Npz npz = Npz.open(cut)) {
                for (TensorInfo info : npz.arrays()) {
                    npz.tensor(info.name());
                }
            } catch (FormatException told) {
                assertTrue(told.getMessage().contains("cut.npz"), told.getMessage());
            }
        }
    }

    /// Promised by some kilobytes: arrays beyond what a Java array holds, and beyond the share of the heap.
    @Test
    void whatWouldNotFitIsNotUnpacked() throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d,), }\n";
        for (long elements : new long[] {1_500_000_000L, Runtime.getRuntime().maxMemory() / 8}) {
            byte[] text = String.format(header, elements).getBytes(StandardCharsets.US_ASCII);
            byte[] bytes = new byte[10 + text.length + 4096];
            System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}, 0, bytes,
                    0, 10);
            System.arraycopy(text, 0, bytes, 10, text.length);
            refused(packed(Map.of("x.npy", bytes)), "array 'x'", "are unpacked in this JVM");
        }
    }
}
